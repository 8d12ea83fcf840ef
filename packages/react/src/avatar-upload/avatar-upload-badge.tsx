'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { StateIcon } from '../upload/state-icon.tsx'
import { isMoving } from '../upload/status-kind.ts'
import { useAvatarUploadParts } from './avatar-upload-context.ts'

export type AvatarUploadBadgeProps = PartProps<'span'>

/** The sign of what has failed, waits or is done, at the edge of the avatar. Decoration: the status says it. */
export const AvatarUploadBadge: Part<HTMLSpanElement, AvatarUploadBadgeProps> = createPart(
  'AvatarUpload.Badge',
  function renderBadge(props, ref) {
    const { avatar, status } = useAvatarUploadParts('Badge')
    const { item } = avatar
    if (item === null || isMoving(item.state.status)) return null
    return (
      <span
        aria-hidden="true"
        {...props}
        ref={ref}
        data-slot="avatar-upload-badge"
        data-status={status}
      >
        <StateIcon state={item.state} />
      </span>
    )
  },
)
