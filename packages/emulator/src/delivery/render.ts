import { notEmulated } from '../refusal.ts'
import { targetSize } from '../target-size.ts'
import { chooseType } from './negotiate.ts'
import type { DeliveredType, Picture, Pixels, Resize } from '../pixels.ts'
import type { StoredFile } from '../store.ts'
import type { Variant } from '../variant.ts'

/** A picture ready to be sent. */
export interface Rendition {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly type: DeliveredType
}

/** Makes the variant of a file that suits an `Accept` header. */
export type Render = (file: StoredFile, variant: Variant, accept: string) => Promise<Rendition>

/** Above this an animation is sent as it came: https://developers.cloudflare.com/images/get-started/limits/ */
const MAX_ANIMATED_AREA = 50_000_000

/** Creates a renderer that makes each rendition of a file once. */
export function createRender(pixels: Pixels | undefined): Render {
  const made = new WeakMap<StoredFile, Map<string, Promise<Uint8Array<ArrayBuffer>>>>()
  return async function render(file, variant, accept) {
    const { bytes, type, picture } = file
    if (type === 'image/svg+xml') return { bytes, type }
    if (!pixels || !picture) throw notEmulated('Resizing without a pixels port')
    if (isTooMuchMotion(picture)) return { bytes, type }
    const { options } = variant
    const size = targetSize(picture, options)
    const resize = { ...options, type: chooseType(accept, { type, size, frames: picture.frames }) }
    const renditions = made.get(file) ?? new Map()
    made.set(file, renditions)
    return {
      bytes: await once(renditions, resize, () => pixels.resize(bytes, resize)),
      type: resize.type,
    }
  }
}

const isTooMuchMotion = ({ width, height, frames }: Picture): boolean =>
  frames > 1 && width * height * frames > MAX_ANIMATED_AREA

function once<Value>(made: Map<string, Value>, resize: Resize, make: () => Value): Value {
  const key = JSON.stringify(resize)
  const value = made.get(key) ?? make()
  made.set(key, value)
  return value
}
