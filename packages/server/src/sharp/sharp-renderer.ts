import type { OverlayOptions } from 'sharp'
import type { Drawing, Renderer, SourcePicture } from '../gateway/renderer.ts'
import { toTooManyPixels } from '../gateway/too-many-pixels.ts'
import { checkNumber } from '../read-config.ts'
import { encode } from './encode.ts'
import { findDefaultFont } from './find-default-font.ts'
import type { Font } from './find-default-font.ts'
import { keepMarks } from './keep-marks.ts'
import type { LayMark } from './keep-marks.ts'
import { openPicture } from './open-picture.ts'
import type { OpenedPicture } from './open-picture.ts'
import { toSharpFailure } from './sharp-failure.ts'

export interface SharpRendererOptions {
  /** For marks of text: a TrueType or OpenType file, and the name of the family in it. @default DejaVu Sans: Latin, Greek, Cyrillic, Arabic, Hebrew */
  readonly font?: Font
  /** The most pixels that are decoded, all frames of an animation together. @default 50000000 */
  readonly maxPixels?: number
  /** The most frames that an animation keeps; of a longer one the first frame is shown. @default 120 */
  readonly maxFrames?: number
  /** How long decoding and drawing may take, in whole seconds. @default 15 */
  readonly maxSeconds?: number
}

/** Makes a renderer that draws in this process, on as many threads as libuv has. */
export function createSharpRenderer(options: SharpRendererOptions = {}): Renderer {
  const { maxPixels = 50_000_000, maxFrames = 120, maxSeconds = 15 } = options
  checkNumber('maxPixels', maxPixels, { min: 1, max: 1_000_000_000, whole: true })
  checkNumber('maxFrames', maxFrames, { min: 1, max: 10_000, whole: true })
  checkNumber('maxSeconds', maxSeconds, { min: 1, max: 3600, whole: true })
  let { font } = options
  const getFont = (): Font => (font ??= findDefaultFont())
  const rules = { maxPixels, maxFrames, maxSeconds, getFont, lay: keepMarks() }
  return {
    async render(picture, drawing) {
      try {
        return await render(picture, drawing, rules)
      } catch (error) {
        drawing.signal.throwIfAborted()
        throw toSharpFailure(error)
      }
    },
  }
}

interface Rules extends Required<Omit<SharpRendererOptions, 'font'>> {
  readonly getFont: () => Font
  readonly lay: LayMark
}

async function render(
  picture: SourcePicture,
  { preset, mark, signal }: Drawing,
  { maxSeconds, getFont, lay, ...limits }: Rules,
): Promise<Uint8Array<ArrayBuffer>> {
  // The header says how much there would be to decode, before anything is.
  if (picture.width * picture.height > limits.maxPixels) throw toTooManyPixels(limits.maxPixels)
  const opened = await openPicture(picture, preset, limits)
  signal.throwIfAborted()
  const { image, size, frames } = opened
  const laid = mark ? await lay(mark, { picture: size, frames, getFont }) : undefined
  if (laid) image.composite(onEveryFrame(laid, opened))
  // A mark brings its transparency into a picture that has none.
  if (laid && opened.isOpaque) image.removeAlpha()
  signal.throwIfAborted()
  const drawn = encode(image.timeout({ seconds: maxSeconds }), preset, opened)
  return new Uint8Array(await drawn.toBuffer())
}

/** The frames of an animation are stacked on each other. One without a mark would give the picture away. */
function onEveryFrame(mark: OverlayOptions, { frames, size }: OpenedPicture): OverlayOptions[] {
  const { top = 0 } = mark
  return Array.from({ length: frames }, (_, frame) => ({ ...mark, top: top + frame * size.height }))
}
