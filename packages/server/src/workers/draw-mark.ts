import { toPixels } from '../gateway/fit-picture.ts'
import type { Size } from '../gateway/fit-picture.ts'
import { toMarkScale } from '../gateway/place-mark.ts'
import type { Mark } from '../gateway/renderer.ts'
import { findSpot } from './find-spot.ts'
import type { BindingImage, ImagesBinding, TransformStep } from './images-binding.ts'
import { needFont } from './need-font.ts'
import { toStream } from './to-stream.ts'
import { toLine, toShade } from './write-text.ts'

export interface MarkGround {
  readonly images: ImagesBinding
  readonly font: { readonly url: string } | undefined
  /** The size of the rendition. */
  readonly picture: Size
}

/** Notes on a picture how its mark is drawn: as large as its plan says, or as there is room for. */
export function drawMark(canvas: BindingImage, mark: Mark, ground: MarkGround): BindingImage {
  const scale = toMarkScale(ground.picture, mark)
  const { room, options, gap } = findSpot(mark.place, { scale, picture: ground.picture })
  const steps: TransformStep[] = [
    ...turn(mark.rotate),
    ...space(gap),
    // How large a text comes out is not known here: what does not fit is made smaller.
    { ...room, fit: 'scale-down' },
  ]
  return toLayers(mark, scale, { ...ground, room }).reduce(
    (under, layer) => under.draw(take(layer, steps), { opacity: mark.opacity, ...options }),
    canvas,
  )
}

function take(image: BindingImage, steps: readonly TransformStep[]): BindingImage {
  return steps.reduce((taken, step) => taken.transform(step), image)
}

const quarters = [0, 90, 180, 270] as const

/** The binding turns by quarters only: the nearest one is taken. */
function turn(degrees = 0): TransformStep[] {
  const rotate = quarters.at(Math.round(degrees / 90) % 4) ?? 0
  return rotate === 0 ? [] : [{ rotate }]
}

/** What is repeated has half of the gap on each side. */
function space(gap: number): TransformStep[] {
  const width = Math.round(gap / 2)
  return width === 0 ? [] : [{ border: { color: 'rgba(0,0,0,0)', width } }]
}

interface LayerGround extends MarkGround {
  /** What a mark has to fit into. */
  readonly room: Size
}

/** From the lowest to the highest. */
function toLayers(mark: Mark, scale: number, { images, font, room }: LayerGround): BindingImage[] {
  if (mark.type === 'image') {
    const width = toPixels(Math.min(mark.width * scale, room.width))
    const overlay = images.input(toStream(mark.overlay))
    return [overlay.transform({ width, height: room.height, fit: 'contain' })]
  }
  const look = { font: needFont(font), size: toPixels(mark.size * scale), color: mark.color }
  const line = toLine(mark.words)
  const { color, blur } = toShade(look)
  return [images.text(line, { ...look, color }).transform({ blur }), images.text(line, look)]
}
