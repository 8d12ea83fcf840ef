import { ImagesError } from '@lightfast/core'
import type { ReceiveBytes } from '../uploads/receive-bytes.ts'

/** Takes the body of a request as it comes in, with the length that its head announces. */
export function readBody(request: Request): Pick<ReceiveBytes, 'body' | 'contentLength'> {
  const { body, headers } = request
  if (!body) throw new ImagesError('file_empty', 'The request has no body.')
  const announced = headers.get('content-length')
  return { body, contentLength: announced === null ? undefined : Number(announced) }
}
