import { openPicture, settle } from './sharp-open.ts'
import type { Border, Region } from '../pixels.ts'

/** Finds what is left of a picture, or of the first frame, without a border of one colour. */
export async function findContent(bytes: Uint8Array, border: Border): Promise<Region> {
  const { colour, distance, keep } = border
  const upright = await settle(openPicture(bytes, 'first'))
  const { width, height } = upright.raw
  const whole = { left: 0, top: 0, width, height }
  if (width < 3 || height < 3) return whole
  const { info } = await upright.image
    .trim({ threshold: distance, ...(colour && { background: colour }) })
    .raw()
    .toBuffer({ resolveWithObject: true })
  const left = -(info.trimOffsetLeft ?? 0)
  const top = -(info.trimOffsetTop ?? 0)
  return grow({ left, top, width: info.width, height: info.height }, keep, whole)
}

/** Gives back some of the border, as far as there is any. */
function grow({ left, top, width, height }: Region, by: number, whole: Region): Region {
  const start = { left: Math.max(0, left - by), top: Math.max(0, top - by) }
  return {
    ...start,
    width: Math.min(whole.width, left + width + by) - start.left,
    height: Math.min(whole.height, top + height + by) - start.top,
  }
}
