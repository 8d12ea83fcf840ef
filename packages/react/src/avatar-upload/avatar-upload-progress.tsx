'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { measureProgress } from '../upload/measure-progress.ts'
import { isMoving } from '../upload/status-kind.ts'
import { visuallyHidden } from '../visually-hidden.ts'
import { useAvatarUploadParts } from './avatar-upload-context.ts'

export type AvatarUploadProgressProps = PartProps<'span'>

/** Draws how far the upload has come as a ring, over a real `<progress>`. Absent while nothing moves. */
export const AvatarUploadProgress: Part<HTMLSpanElement, AvatarUploadProgressProps> = createPart(
  'AvatarUpload.Progress',
  function renderProgress(props, ref) {
    const { avatar, words, description, status } = useAvatarUploadParts('Progress')
    const { item } = avatar
    if (item === null || description === null || !isMoving(item.state.status)) return null
    const way = measureProgress(item.state)
    return (
      <span {...props} ref={ref} data-slot="avatar-upload-progress" data-status={status}>
        <progress
          style={visuallyHidden}
          aria-label={words.progress.name(description.title, item.name)}
          aria-valuetext={way && words.progress.value(way.loadedBytes, way.totalBytes)}
          value={way?.loadedBytes}
          max={way?.totalBytes}
        />
        <Ring share={way && way.loadedBytes / way.totalBytes} />
      </span>
    )
  },
)

function Ring({ share }: { readonly share: number | undefined }): React.ReactNode {
  return (
    <svg viewBox="0 0 100 100" aria-hidden="true" data-slot="avatar-upload-ring">
      <circle cx="50" cy="50" r="48" />
      <circle
        cx="50"
        cy="50"
        r="48"
        pathLength="100"
        strokeDasharray={`${(share ?? 0.25) * 100} 100`}
        data-moving={share === undefined ? '' : undefined}
      />
    </svg>
  )
}
