'use client'

import { createPart } from '../create-part.ts'
import type { Part } from '../create-part.ts'
import { AvatarUploadActions } from './avatar-upload-actions.tsx'
import { AvatarUploadBadge } from './avatar-upload-badge.tsx'
import { AvatarUploadProgress } from './avatar-upload-progress.tsx'
import { AvatarUploadRoot } from './avatar-upload-root.tsx'
import type { AvatarUploadRootProps } from './avatar-upload-root.tsx'
import { AvatarUploadStatus } from './avatar-upload-status.tsx'
import { AvatarUploadTrigger } from './avatar-upload-trigger.tsx'

export type AvatarUploadAreaProps = AvatarUploadRootProps

/** All parts in their usual order: the avatar with its ring, the line beneath, and its buttons. */
export const AvatarUploadArea: Part<HTMLDivElement, AvatarUploadAreaProps> = createPart(
  'AvatarUpload.Area',
  function renderArea({ children, ...props }, ref) {
    return (
      <AvatarUploadRoot {...props} ref={ref}>
        <div data-slot="avatar-upload-frame">
          <AvatarUploadTrigger />
          <AvatarUploadProgress />
          <AvatarUploadBadge />
        </div>
        <AvatarUploadStatus />
        <AvatarUploadActions />
        {children}
      </AvatarUploadRoot>
    )
  },
)
