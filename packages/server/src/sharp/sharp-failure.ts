import { ImagesError } from '@lightfast/core'

const RETRY_AFTER_MS = 5000

/** Turns what libvips says into a failure. Its words tell of its insides, and stay in `cause`. */
export function toSharpFailure(error: unknown): unknown {
  if (error instanceof ImagesError || error instanceof TypeError || !(error instanceof Error)) {
    return error
  }
  const { message } = error
  if (message.includes('pixel limit')) {
    return new ImagesError('pixels_too_many', 'This picture has too many pixels to decode.', {
      cause: error,
    })
  }
  if (message.includes('timeout')) {
    return new ImagesError('client_busy', 'Decoding this picture took too long.', {
      cause: error,
      retryAfterMs: RETRY_AFTER_MS,
    })
  }
  return new ImagesError('file_damaged', 'This picture cannot be decoded.', { cause: error })
}
