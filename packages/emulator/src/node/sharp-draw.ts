import sharp from 'sharp'
import { notEmulated } from '../refusal.ts'
import { settle } from './sharp-open.ts'
import type { Sharp } from 'sharp'
import type { Frame, Resize, Size } from '../pixels.ts'

/** Draws an opened picture as it is planned, up to the encoding. */
export async function draw(image: Sharp, plan: Resize): Promise<Sharp> {
  const { tone } = plan
  refuseLostMetadata(plan)
  const drawn = affect(await place(flatten(image, plan), plan), plan)
  return tone ? applyTone(drawn, tone) : drawn
}

/** Places need no pixels until the end, save the most interesting one, which is looked for in the turned picture. */
async function place(image: Sharp, plan: Resize): Promise<Sharp> {
  const { frame } = plan
  if (frame.kind !== 'salient') return cutOut(turn(scale(image, plan), plan), plan)
  const turned = isTurned(plan) ? await settleTurned(image, plan) : image
  const position = sharp.strategy.attention
  return turned.resize({ ...frame.size, fit: 'cover', position })
}

const isTurned = ({ cut, flip, rotate }: Resize): boolean =>
  cut !== undefined || flip !== undefined || rotate !== undefined

async function settleTurned(image: Sharp, plan: Resize): Promise<Sharp> {
  const cut = plan.cut ? image.extract(plan.cut) : image
  return (await settle(turn(cut, plan))).image
}

/** The size is exact, so that rounding is ours; turning comes after it, so a quarter turn swaps the sides. */
function scale(image: Sharp, { cut, rotate, scale: { width, height } }: Resize): Sharp {
  const isSideways = rotate === 90 || rotate === 270
  const size: Size = isSideways ? { width: height, height: width } : { width, height }
  return (cut ? image.extract(cut) : image).resize({ ...size, fit: 'fill' })
}

function turn(image: Sharp, { flip, rotate }: Resize): Sharp {
  if (flip) image.flop(flip.includes('h')).flip(flip.includes('v'))
  return rotate ? image.rotate(rotate) : image
}

function cutOut(image: Sharp, { frame, background }: Resize): Sharp {
  if (frame.kind === 'part') return image.extract(frame.region)
  if (frame.kind !== 'padded') return image
  const isOpaque = background?.alpha === 1
  return image.extend({
    ...margins(frame),
    background: isOpaque ? background : { r: 0, g: 0, b: 0, alpha: 0 },
  })
}

function margins({ region, size }: Extract<Frame, { kind: 'padded' }>): {
  [Side in 'left' | 'top' | 'right' | 'bottom']: number
} {
  const { left, top, width, height } = region
  return { left, top, right: size.width - width - left, bottom: size.height - height - top }
}

const flatten = (image: Sharp, { background }: Resize): Sharp =>
  background?.alpha === 1 ? image.flatten({ background }) : image

/** How strong each effect is by its number is ours: Cloudflare has published none. */
function affect(image: Sharp, { blur, saturation, sharpen, background, ...plan }: Resize): Sharp {
  if (blur !== undefined) image.blur(1 + blur / 2)
  if (saturation !== undefined) image.modulate({ saturation })
  if (sharpen !== undefined) image.sharpen({ sigma: 1, m1: sharpen, m2: 2 * sharpen })
  if (!background || background.alpha === 0 || background.alpha === 1) return image
  const { width, height } = endSize(plan)
  const ground = { create: { width, height, channels: 4 as const, background } }
  return image.ensureAlpha().composite([{ input: ground, blend: 'dest-over' }])
}

function endSize({ frame, scale }: Pick<Resize, 'frame' | 'scale'>): Size {
  if (frame.kind === 'whole') return scale
  return frame.kind === 'part' ? frame.region : frame.size
}

async function applyTone(image: Sharp, tone: Uint8Array): Promise<Sharp> {
  const { data, raw } = await settle(image)
  const colours = raw.channels - (raw.channels % 2 === 0 ? 1 : 0)
  for (let at = 0; at < data.length; at += raw.channels) {
    for (let channel = at; channel < at + colours; channel += 1) {
      data[channel] = tone[data[channel] ?? 0] ?? 0
    }
  }
  return sharp(data, { raw })
}

/** Whatever goes through bare pixels leaves its metadata behind. */
function refuseLostMetadata(plan: Resize): void {
  const isBare = plan.tone !== undefined || (plan.frame.kind === 'salient' && isTurned(plan))
  const { type, metadata } = plan.encoding
  if (isBare && type === 'image/jpeg' && metadata === 'keep') {
    throw notEmulated('metadata=keep with brightness, contrast, gamma or a turned gravity=auto')
  }
}
