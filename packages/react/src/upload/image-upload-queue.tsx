'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { mayRetry } from './queue.ts'
import { useUpload } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'

export type ImageUploadQueueProps = PartProps<'div', { readonly items: readonly UploadItem[] }>

/** Says how many wait for their turn, and pauses, resumes or tries all again. Absent while there is no need for it. */
export const ImageUploadQueue: Part<HTMLDivElement, ImageUploadQueueProps> = createPart(
  'ImageUpload.Queue',
  function renderQueue({ items, children, ...props }, ref) {
    const { upload, words } = useUpload('Queue')
    const { paused, pause, resume, retryAll } = upload
    const queued = items.filter(({ state }) => state.status === 'queued').length
    const several = items.filter(mayRetry).length > 1
    if (queued === 0 && !paused && !several) return null
    const { queue } = words
    return (
      <div
        {...props}
        ref={ref}
        data-slot="image-upload-queue"
        data-status={paused ? 'paused' : 'running'}
      >
        <span data-slot="image-upload-queue-line">
          {paused ? queue.paused(queued) : queued > 0 && queue.queued(queued)}
        </span>
        {children}
        {several && (
          <button type="button" onClick={retryAll} data-slot="image-upload-queue-action">
            {queue.retryAll}
          </button>
        )}
        {(paused || queued > 0) && (
          <button
            type="button"
            onClick={paused ? resume : pause}
            data-slot="image-upload-queue-action"
          >
            {paused ? queue.resume : queue.pause}
          </button>
        )}
      </div>
    )
  },
)
