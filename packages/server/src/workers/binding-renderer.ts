import { fitPicture } from '../gateway/fit-picture.ts'
import { DEFAULT_QUALITY } from '../gateway/rendition-preset.ts'
import type { RenditionPreset } from '../gateway/rendition-preset.ts'
import type { Drawing, Renderer, SourcePicture } from '../gateway/renderer.ts'
import { toTooManyPixels } from '../gateway/too-many-pixels.ts'
import { checkNumber } from '../read-config.ts'
import { toBindingFailure } from './binding-failure.ts'
import { drawMark } from './draw-mark.ts'
import type { ImagesBinding, OutputOptions, TransformStep } from './images-binding.ts'
import { proveMarks } from './prove-marks.ts'
import type { ProveMarks } from './prove-marks.ts'
import { toStream } from './to-stream.ts'
import { toUpright } from './to-upright.ts'

export interface BindingRendererOptions {
  /** The Images binding of the Worker, such as `env.IMAGES`. */
  readonly images: ImagesBinding
  /** For marks of text: a TrueType, OpenType, WOFF or WOFF2 file at an address that Cloudflare can fetch. */
  readonly font?: { readonly url: string }
  /** Pictures of more pixels are refused, and animations of more are shown as their first frame. @default 50_000_000 */
  readonly maxPixels?: number
  /**
   * Whether the binding has to show that it draws, once before the first mark of each type: the one of `wrangler dev`
   * ignores it, and pictures would be shown unmarked. It costs two transformations of 64 pixels. @default true
   */
  readonly verify?: boolean
}

/**
 * Makes a renderer that draws by the Images binding. Make it once, not for each request. Marks are turned by quarters
 * only, overlays have no shade, rows of tiles are not shifted, and an animation with a mark is shown as its first frame.
 */
export function createBindingRenderer({
  images,
  font,
  maxPixels = 50_000_000,
  verify = true,
}: BindingRendererOptions): Renderer {
  checkNumber('maxPixels', maxPixels, { min: 1, max: 100_000_000, whole: true })
  const prove = verify ? proveMarks({ images, font }) : trust
  const rules = { images, font, maxPixels, prove }
  return {
    async render(picture, drawing) {
      try {
        return await render(picture, drawing, rules)
      } catch (error) {
        drawing.signal.throwIfAborted()
        throw toBindingFailure(error)
      }
    },
  }
}

async function trust(): Promise<void> {}

interface Rules extends Required<Pick<BindingRendererOptions, 'images' | 'maxPixels'>> {
  readonly font: BindingRendererOptions['font']
  readonly prove: ProveMarks
}

async function render(
  picture: SourcePicture,
  { preset, mark, signal }: Drawing,
  { images, font, maxPixels, prove }: Rules,
): Promise<Uint8Array<ArrayBuffer>> {
  signal.throwIfAborted()
  if (picture.width * picture.height > maxPixels) throw toTooManyPixels(maxPixels)
  if (mark) await prove(mark.type)
  signal.throwIfAborted()
  const size = fitPicture(toUpright(picture), preset)
  const fitted = images.input(toStream(picture.bytes)).transform({ ...size, fit: toFit(preset) })
  const drawn = mark ? drawMark(fitted, mark, { images, font, picture: size }) : fitted
  const moves = mark === null && countPixels(picture) <= maxPixels
  const output = await drawn.output(toOutput(preset, moves))
  signal.throwIfAborted()
  return new Uint8Array(await output.response().arrayBuffer())
}

/** The size is exact already. Should Cloudflare see another one in the picture, it is not to be distorted. */
function toFit({ fit }: RenditionPreset): NonNullable<TransformStep['fit']> {
  return fit === 'cover' ? 'cover' : 'contain'
}

const countPixels = ({ width, height, frames }: SourcePicture): number => width * height * frames

function toOutput(
  { format = 'webp', quality = DEFAULT_QUALITY }: RenditionPreset,
  moves: boolean,
): OutputOptions {
  switch (format) {
    case 'webp':
      return { format: 'image/webp', quality, anim: moves }
    case 'jpeg':
      return { format: 'image/jpeg', quality, background: '#ffffff', anim: false }
    case 'avif':
      return { format: 'image/avif', quality, anim: false }
    // A quality would make it one of 256 colours.
    case 'png':
      return { format: 'image/png', anim: false }
    case 'gif':
      return { format: 'image/gif', anim: moves }
    default:
      return format satisfies never
  }
}
