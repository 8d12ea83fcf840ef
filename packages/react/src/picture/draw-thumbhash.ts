import { thumbHashToDataURL } from 'thumbhash'
import { toBytes } from './read-thumbhash.ts'

/** Draws a thumbhash, as an address that CSS can load. Loaded only once a picture is not there at once. */
export function drawThumbhash(thumbhash: string): string | undefined {
  const bytes = toBytes(thumbhash)
  return bytes && thumbHashToDataURL(bytes)
}
