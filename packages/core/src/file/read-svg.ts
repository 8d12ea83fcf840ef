import type { DamagedFile, ImageFacts } from './image-facts.ts'

/**
 * A declaration, comments and a doctype may come before the root; 4 KB of those is plenty. Each can be read
 * in one way only: where there were two, a row of doctypes would take the browser for ever.
 */
const HEAD_BYTES = 4096
const root =
  /^(?:\s|<\?xml[^>]*\?>|<!--(?:(?!-->).)*-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\]\s*)?>)*<svg(?=[\s>/])/is
const end = /<\/svg\s*>/i
const emptyRoot = /<svg[^>]*\/>\s*$/i

/** Tells an SVG by its root element. It has no pixels, so there is nothing to measure. */
export function readSvg(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  const head = decode(bytes.subarray(0, HEAD_BYTES))
  if (!root.test(head)) return undefined
  if (!end.test(decode(bytes.subarray(-HEAD_BYTES))) && !emptyRoot.test(head)) {
    return { damaged: 'image/svg+xml' }
  }
  return { type: 'image/svg+xml', width: null, height: null, frames: 1 }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
