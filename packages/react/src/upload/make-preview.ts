/** A small likeness of a chosen picture, so that a list of photos does not hold all of their pixels. */

/** Below that a browser decodes the file itself at no great cost. */
const BIG_BYTES = 100_000
/** The thumbnail at three pixels a point, and some more for what its box cuts off. */
const HEIGHT = 192
const QUALITY = 0.8

/** One at a time, however many were picked: each needs the memory of all its pixels for a moment. */
let line: Promise<unknown> = Promise.resolve()

/** Asks whether a file is so big that a small picture of it is worth the work. */
export function isBig(file: Blob): boolean {
  return file.size >= BIG_BYTES && typeof createImageBitmap !== 'undefined'
}

/** Makes a small picture of a big one. What cannot be drawn here is handed back as it is. */
export function makePreview(file: Blob, signal: AbortSignal): Promise<Blob> {
  const turn = line.then(() => (signal.aborted ? file : draw(file))).catch(() => file)
  line = turn
  return turn
}

async function draw(file: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(file, { resizeHeight: HEIGHT, resizeQuality: 'medium' })
  const canvas = document.createElement('canvas')
  canvas.width = bitmap.width
  canvas.height = bitmap.height
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
  bitmap.close()
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(blob ?? file), 'image/webp', QUALITY)
  })
}
