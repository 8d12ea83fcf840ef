import type { DamagedFile, ImageFacts } from './sniff.ts'

/** An SVG may begin with a declaration, comments and a doctype; a kilobyte of those is plenty. */
const HEAD_BYTES = 4096
const prolog =
  /^\uFEFF?(?:\s|<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^>[]*(?:\[[^\]]*\])?[^>]*>)*<svg[\s>]/is

/** Tells an SVG by its root element. It has no pixels, so there is nothing to measure. */
export function readSvg(bytes: Uint8Array): ImageFacts | DamagedFile | undefined {
  if (!prolog.test(decode(bytes.subarray(0, HEAD_BYTES)))) return undefined
  if (!/<\/svg>|\/>/i.test(decode(bytes.subarray(-HEAD_BYTES)))) return { damaged: 'image/svg+xml' }
  return { type: 'image/svg+xml', width: null, height: null, frames: 1 }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes)
}
