'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useAvatarUploadParts } from './avatar-upload-context.ts'

export type AvatarUploadStatusProps = PartProps<'p'>

/** Says what is on its way, what has failed and why. Empty, and still there, when there is nothing to tell. */
export const AvatarUploadStatus: Part<HTMLParagraphElement, AvatarUploadStatusProps> = createPart(
  'AvatarUpload.Status',
  function renderStatus({ children, ...props }, ref) {
    const { words, description, dragging, status, statusId } = useAvatarUploadParts('Status')
    const { title, line } = description ?? { title: dragging ? words.avatar.drop : '', line: '' }
    return (
      <p {...props} ref={ref} id={statusId} data-slot="avatar-upload-status" data-status={status}>
        {children ?? (
          <>
            {title !== '' && <span data-slot="avatar-upload-title">{title}</span>}
            {line !== '' && <span data-slot="avatar-upload-line"> {line}</span>}
          </>
        )}
      </p>
    )
  },
)
