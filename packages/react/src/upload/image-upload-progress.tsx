'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { measureProgress } from './measure-progress.ts'
import { isMoving } from './status-kind.ts'
import { useUpload, useUploadItem } from './upload-context.ts'

export type ImageUploadProgressProps = PartProps<'progress'>

/** Shows how far the item has come, or that it moves at all. Absent while nothing moves. */
export const ImageUploadProgress: Part<HTMLProgressElement, ImageUploadProgressProps> = createPart(
  'ImageUpload.Progress',
  function renderProgress(props, ref) {
    const { item, description } = useUploadItem('Progress')
    const { words } = useUpload('Progress')
    const { state } = item
    if (!isMoving(state.status)) return null
    const way = measureProgress(state)
    return (
      <progress
        aria-label={words.progress.name(description.title, item.name)}
        // Without a value, the bar says only that something moves.
        value={way?.loadedBytes}
        max={way?.totalBytes}
        aria-valuetext={way && words.progress.value(way.loadedBytes, way.totalBytes)}
        {...props}
        ref={ref}
        data-slot="image-upload-progress"
        data-status={state.status}
      />
    )
  },
)
