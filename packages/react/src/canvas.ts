/** A canvas of a worker or of a page, and what is asked of it. */
export interface Canvas {
  readonly context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D
  /** Where a browser does not write the type, the blob is a PNG and says so. */
  readonly toBlob: (type: string, quality: number) => Promise<Blob>
  readonly isTransparent: () => boolean
}

/** Makes a canvas. Throws where there is none, or none of that size. */
export function createCanvas({ width, height }: { width: number; height: number }): Canvas {
  return typeof OffscreenCanvas === 'undefined'
    ? createPageCanvas(width, height)
    : createOffscreenCanvas(width, height)
}

function createOffscreenCanvas(width: number, height: number): Canvas {
  const canvas = new OffscreenCanvas(width, height)
  const context = expectContext(canvas.getContext('2d'))
  return {
    context,
    toBlob: (type, quality) => canvas.convertToBlob({ type, quality }),
    isTransparent: () => isTransparent(context),
  }
}

function createPageCanvas(width: number, height: number): Canvas {
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = expectContext(canvas.getContext('2d'))
  const toBlob = (type: string, quality: number): Promise<Blob> =>
    new Promise((resolve, reject) => {
      const settle = (blob: Blob | null): void =>
        blob === null ? reject(new Error('The canvas gives no file.')) : resolve(blob)
      canvas.toBlob(settle, type, quality)
    })
  return { context, toBlob, isTransparent: () => isTransparent(context) }
}

function expectContext<Context>(context: Context | null): Context {
  if (context === null) throw new Error('There is no canvas to draw on.')
  return context
}

/** Read in bands, so that a second copy of a large picture is never in memory. */
const BAND = 128
const OPAQUE = 255

function isTransparent(context: Canvas['context']): boolean {
  const { width, height } = context.canvas
  for (let y = 0; y < height; y += BAND) {
    const { data } = context.getImageData(0, y, width, Math.min(BAND, height - y))
    for (let at = 3; at < data.length; at += 4) if (data[at] !== OPAQUE) return true
  }
  return false
}
