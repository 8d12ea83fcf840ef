import type { UploadState } from './upload-state.ts'

/** How far the bytes have come. */
export interface Measured {
  readonly loadedBytes: number
  readonly totalBytes: number
}

/** Measures an upload; undefined where nobody knows how far it is, as when our server has the bytes and is sending them on. */
export function measureProgress(state: UploadState): Measured | undefined {
  const isKnown =
    state.status === 'uploading' ||
    (state.status === 'relaying' && state.loadedBytes < state.totalBytes)
  return isKnown ? state : undefined
}
