import { ImagesError } from '@lightfast/core'
import type { Mark } from '../gateway/renderer.ts'
import type { BindingImage, ImagesBinding } from './images-binding.ts'
import { needFont } from './need-font.ts'
import { toStream } from './to-stream.ts'

/** Refuses marks of a type that the binding does not draw. */
export type ProveMarks = (type: Mark['type']) => Promise<void>

export interface ProofTools {
  readonly images: ImagesBinding
  readonly font: { readonly url: string } | undefined
}

/**
 * Has a black mark drawn on white, once for each type, and looks whether it changed anything. What was found is kept, and
 * not the promise of it: one that another request began may never settle in a Worker.
 */
export function proveMarks(tools: ProofTools): ProveMarks {
  const draws = new Map<Mark['type'], boolean>()
  return async function prove(type) {
    if (!draws.has(type)) draws.set(type, await isDrawn(type, tools))
    if (!draws.get(type)) throw toUndrawn(type)
  }
}

async function isDrawn(type: Mark['type'], tools: ProofTools): Promise<boolean> {
  const blank = (): BindingImage => fill(tools.images, WHITE, 64)
  const [bare, marked] = await Promise.all([
    read(blank()),
    read(blank().draw(toBlack(type, tools), { opacity: 1 })),
  ])
  return bare.length !== marked.length || bare.some((byte, at) => byte !== marked[at])
}

function toBlack(type: Mark['type'], { images, font }: ProofTools): BindingImage {
  if (type === 'image') return fill(images, BLACK, 32)
  return images.text('M', { font: needFont(font), size: 48, color: '#000000' })
}

/** One pixel each, as PNG. */
const WHITE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC'
const BLACK =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC'

function fill(images: ImagesBinding, pixel: string, side: number): BindingImage {
  const bytes = Uint8Array.from(atob(pixel), (sign) => sign.charCodeAt(0))
  return images.input(toStream(bytes)).transform({ width: side, height: side, fit: 'squeeze' })
}

async function read(image: BindingImage): Promise<Uint8Array> {
  const output = await image.output({ format: 'image/png' })
  return new Uint8Array(await output.response().arrayBuffer())
}

function toUndrawn(type: Mark['type']): ImagesError {
  return new ImagesError(
    'server_failed',
    `This Images binding draws no marks of the type "${type}", so that pictures would be shown without. ` +
      'The local one of `wrangler dev` does not: set `remote: true` in the configuration of the binding.',
  )
}
