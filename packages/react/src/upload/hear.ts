import { createFailure } from '@lightfast/core'
import type { Failure, Image, ImageReply } from '@lightfast/core'
import { rememberHandOver } from './keep-draft.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadTask } from './upload-task.ts'

/** Takes our server's word for where an image is. `unknown`: it says nothing of bytes that have arrived. */
export function hear(task: UploadTask, image: Image | null): 'heard' | 'unknown' {
  const event = image === null ? null : toEvent(image)
  if (event === null || task.signal.aborted) return 'unknown'
  if (event.type === 'parked' || event.type === 'transferred') rememberHandOver(task, true)
  task.send(event)
  return 'heard'
}

/** Null for an answer that did not get through: that says nothing of the bytes. */
export function toImage(reply: Promise<ImageReply>): Promise<Image | null> {
  return reply.then(
    ({ image }) => image,
    () => null,
  )
}

function toEvent(image: Image): UploadEvent | null {
  switch (image.state) {
    case 'ready':
      return { type: 'confirmed', image }
    case 'delivered':
      return { type: 'transferred' }
    case 'parked':
      return { type: 'parked' }
    case 'rejected':
      return { type: 'refused', failure: toRefusal(image) }
    case 'requested':
    case 'pending':
    case 'expired':
    case 'deleted':
      return null
    default:
      return image.state satisfies never
  }
}

function toRefusal({ failure }: Image): Failure {
  return failure ?? createFailure('file_refused_by_host', 'Cloudflare refused the file.')
}
