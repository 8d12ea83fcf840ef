'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { Words } from '../words/words.ts'
import { isMoving } from './status-kind.ts'
import { useUpload, useUploadItem } from './upload-context.ts'
import type { UploadState } from './upload-state.ts'

export type ImageUploadProgressProps = PartProps<'progress'>

/** Shows how far the item has come, or that it moves at all. Absent while nothing moves. */
export const ImageUploadProgress: Part<HTMLProgressElement, ImageUploadProgressProps> = createPart(
  'ImageUpload.Progress',
  function renderProgress(props, ref) {
    const { item, description } = useUploadItem('Progress')
    const { words } = useUpload('Progress')
    const { state } = item
    if (!isMoving(state.status)) return null
    return (
      <progress
        aria-label={words.progress.name(description.title, item.name)}
        {...measure(state, words)}
        {...props}
        ref={ref}
        data-slot="image-upload-progress"
        data-status={state.status}
      />
    )
  },
)

/** Without a value, the bar says only that something moves. */
function measure(state: UploadState, words: Words): ImageUploadProgressProps {
  if (state.status !== 'uploading' && state.status !== 'relaying') return {}
  const { loadedBytes, totalBytes } = state
  // Our server has the bytes and is sending them on: nobody knows how far it is.
  if (state.status === 'relaying' && loadedBytes >= totalBytes) return {}
  return {
    value: loadedBytes,
    max: totalBytes,
    'aria-valuetext': words.progress.value(loadedBytes, totalBytes),
  }
}
