import type { DrawOrder } from './draw.ts'

/** What a page says to its worker. */
export type ToWorker =
  | {
      readonly type: 'draw'
      readonly id: number
      readonly source: Blob | ImageBitmap
      readonly order: DrawOrder
    }
  | { readonly type: 'cancel'; readonly id: number }

/** What the worker answers. `unable`: it has no canvas, so that the page has to draw. */
export type FromWorker =
  | { readonly id: number; readonly status: 'drawn'; readonly blob: Blob }
  | { readonly id: number; readonly status: 'failed'; readonly message: string }
  | { readonly id: number; readonly status: 'unable' }
