import type { OverlayOptions } from 'sharp'
import type { Mark } from '../gateway/renderer.ts'
import { layMark } from './lay-mark.ts'
import type { Ground } from './lay-mark.ts'

export type LayMark = (mark: Mark, ground: Ground) => Promise<OverlayOptions>

interface KeptMark {
  readonly overlay: Uint8Array
  readonly laid: OverlayOptions
}

const MAX_MARKS = 32
const MAX_MARK_BYTES = 1_000_000

/**
 * Lays marks, and keeps the small ones that are pictures: all viewers of a plan have the same one, and drawing it takes a
 * tenth of the time of a rendition. A text is drawn for one viewer, and not kept.
 */
export function keepMarks(lay: LayMark = layMark): LayMark {
  const kept = new Map<string, KeptMark>()

  function keep(key: string, mark: KeptMark): void {
    kept.delete(key)
    kept.set(key, mark)
    if (kept.size <= MAX_MARKS) return
    for (const oldest of kept.keys()) return void kept.delete(oldest)
  }

  return async function layKept(mark, ground) {
    if (mark.type === 'text') return lay(mark, ground)
    const { overlay, ...plan } = mark
    const key = JSON.stringify([plan, ground.picture, ground.frames])
    const known = kept.get(key)
    const laid = known?.overlay === overlay ? known.laid : await lay(mark, ground)
    if (isSmall(laid)) keep(key, { overlay, laid })
    return laid
  }
}

function isSmall({ input }: OverlayOptions): boolean {
  return Buffer.isBuffer(input) && input.byteLength <= MAX_MARK_BYTES
}
