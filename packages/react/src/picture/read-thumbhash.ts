import { thumbHashToApproximateAspectRatio, thumbHashToAverageRGBA } from 'thumbhash'

/** What a thumbhash tells at a glance, without drawing it. */
export interface Glance {
  /** A CSS colour. */
  readonly average: string
  /** Width through height, roughly. */
  readonly ratio: number
}

/** Reads a thumbhash in base64; undefined if it is none. */
export function readThumbhash(thumbhash: string): Glance | undefined {
  const bytes = toBytes(thumbhash)
  if (bytes === undefined) return undefined
  const { r, g, b, a } = thumbHashToAverageRGBA(bytes)
  const [red, green, blue] = [r, g, b].map((part) => Math.round(part * 255))
  const ratio = thumbHashToApproximateAspectRatio(bytes)
  return { average: `rgb(${red} ${green} ${blue} / ${a.toFixed(2)})`, ratio }
}

/** A header has five bytes; what is shorter, or no base64, says nothing. */
export function toBytes(thumbhash: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0))
    return bytes.length < 5 ? undefined : bytes
  } catch {
    return undefined
  }
}
