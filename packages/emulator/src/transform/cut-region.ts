import type { Region, Size } from '../pixels.ts'
import type { Length, Trim } from './transform-options.ts'

/**
 * Works out what a trim leaves; pixels are multiplied by `dpr`, and width and height are counted from the cut left and
 * top. `undefined` is nothing left.
 * https://developers.cloudflare.com/images/optimization/features/#trim
 */
export function cutRegion(picture: Size, trim: Trim, dpr: number): Region | undefined {
  const across = (length: Length | undefined): number => toPixels(length, picture.width, dpr)
  const down = (length: Length | undefined): number => toPixels(length, picture.height, dpr)
  const [left, top] = [across(trim.left), down(trim.top)]
  const right = trim.width ? left + across(trim.width) : picture.width - across(trim.right)
  const bottom = trim.height ? top + down(trim.height) : picture.height - down(trim.bottom)
  const width = Math.min(right, picture.width) - left
  const height = Math.min(bottom, picture.height) - top
  return width > 0 && height > 0 ? { left, top, width, height } : undefined
}

function toPixels(length: Length | undefined, side: number, dpr: number): number {
  if (!length) return 0
  return Math.round('pixels' in length ? length.pixels * dpr : length.fraction * side)
}
