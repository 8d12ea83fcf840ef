import sharp from 'sharp'
import { draw } from './sharp-draw.ts'
import { openPicture, settle } from './sharp-open.ts'
import type { Sharp } from 'sharp'
import type { Resize } from '../pixels.ts'
import type { Settled } from './sharp-open.ts'

/** Tells whether an animation has to be drawn frame by frame: stacked frames would turn or blur into each other. */
export function needsFrames(plan: Resize): boolean {
  if (plan.frames === 'first') return false
  const { flip, rotate, blur, sharpen, tone, background } = plan
  const isTranslucent = background !== undefined && background.alpha > 0 && background.alpha < 1
  const isTurned = flip !== undefined || rotate !== undefined
  const isFiltered = blur !== undefined || sharpen !== undefined || tone !== undefined
  return isTurned || isFiltered || isTranslucent
}

/** Pictures stacked on each other, and how they move. */
export interface Stack {
  readonly image: Sharp
  readonly timing: Timing
}

/** How long each frame is shown, in milliseconds, and how often all of them; 0 is for ever. */
export interface Timing {
  readonly delay: number[]
  readonly loop: number
}

/** Draws each frame of an animation alone and stacks them again. */
export async function drawFrames(bytes: Uint8Array, plan: Resize): Promise<Stack> {
  const stacked = openPicture(bytes, 'all').ensureAlpha()
  const { pageHeight = 1, delay = [], loop = 0 } = await stacked.metadata()
  const { data, raw } = await settle(stacked)
  const page = { width: raw.width, height: pageHeight, channels: 4 as const }
  const drawn: Settled[] = []
  for (const frame of split(data, raw.width * pageHeight * 4)) {
    drawn.push(await settle((await draw(sharp(frame, { raw: page }), plan)).ensureAlpha()))
  }
  return { image: stack(drawn), timing: { delay, loop } }
}

const split = (data: Buffer, step: number): Buffer[] =>
  Array.from({ length: Math.floor(data.length / step) }, (_, at) =>
    data.subarray(at * step, (at + 1) * step),
  )

function stack(drawn: readonly Settled[]): Sharp {
  const { width = 1, height = 1 } = drawn[0]?.raw ?? {}
  const raw = { width, height: height * drawn.length, channels: 4 as const, pageHeight: height }
  return sharp(Buffer.concat(drawn.map(({ data }) => data)), { raw })
}
