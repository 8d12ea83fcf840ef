import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash'

/** Yields the average colour of a thumbhash in base64, for CSS; undefined if it is none. */
export function thumbhashColor(thumbhash: string): string | undefined {
  const bytes = toBytes(thumbhash)
  if (bytes === undefined) return undefined
  const { r, g, b, a } = thumbHashToAverageRGBA(bytes)
  return `rgb(${[r, g, b].map((part) => Math.round(part * 255)).join(' ')} / ${a.toFixed(2)})`
}

/** Yields width through height, roughly; undefined if it is no thumbhash. */
export function thumbhashRatio(thumbhash: string): number | undefined {
  const bytes = toBytes(thumbhash)
  return bytes && thumbHashToApproximateAspectRatio(bytes)
}

/** A header has five bytes, and six where there are holes; what is shorter, or no base64, says nothing. */
export function toBytes(thumbhash: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0))
    return bytes.length < 6 ? undefined : bytes
  } catch {
    return undefined
  }
}
