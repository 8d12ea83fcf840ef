'use client'

import type { ReactNode } from 'react'
import { chain } from '../chain.ts'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { mayRetry } from './queue.ts'
import { useUpload } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'
import { useQueueFocus } from './use-queue-focus.ts'

export type ImageUploadQueueProps = PartProps<'div', { readonly items: readonly UploadItem[] }>

/** Says how many wait for their turn, and pauses, resumes or tries all again. Absent while there is no need for it. */
export const ImageUploadQueue: Part<HTMLDivElement, ImageUploadQueueProps> = createPart(
  'ImageUpload.Queue',
  function renderQueue({ items, children, ...props }, ref) {
    const { upload, words } = useUpload('Queue')
    const focus = useQueueFocus()
    const { paused } = upload
    const queued = items.filter(({ state }) => state.status === 'queued').length
    const several = items.filter(mayRetry).length > 1
    const waiting = paused || queued > 0
    if (!waiting && !several) return null
    const { queue } = words
    return (
      <div
        {...props}
        ref={ref}
        onFocus={chain(props.onFocus, focus.onFocus)}
        onBlur={chain(props.onBlur, focus.onBlur)}
        data-slot="image-upload-queue"
        data-status={paused ? 'paused' : 'running'}
      >
        <span data-slot="image-upload-queue-line">
          {waiting && (paused ? queue.paused(queued) : queue.queued(queued))}
        </span>
        {several && <QueueButton way="retryAll" />}
        {waiting && <QueueButton way={paused ? 'resume' : 'pause'} />}
        {children}
      </div>
    )
  },
)

interface QueueButtonProps {
  readonly way: 'pause' | 'resume' | 'retryAll'
}

function QueueButton({ way }: QueueButtonProps): ReactNode {
  const { upload, words } = useUpload('Queue')
  return (
    <button type="button" onClick={upload[way]} data-slot="image-upload-action" data-way={way}>
      {words.queue[way]}
    </button>
  )
}
