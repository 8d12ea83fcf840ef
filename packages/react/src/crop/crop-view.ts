import { addTurn, turnSize } from './crop-plan.ts'
import type { QuarterTurn, Size } from './crop-plan.ts'

export const MAX_ZOOM = 4

/** How the picture lies under the mask. */
export interface CropView {
  /** How far its middle is from the middle of the mask, in pixels of the screen. */
  readonly crop: { readonly x: number; readonly y: number }
  /** From 1, where it just fills the mask. */
  readonly zoom: number
  readonly turn: QuarterTurn
}

export const startView: CropView = { crop: { x: 0, y: 0 }, zoom: 1, turn: 0 }

/** What is known of the stage once the picture has been laid out there; in pixels of the screen. */
export interface Stage {
  readonly media: Size
  readonly mask: Size
}

/** Yields how far the picture can be moved to each side before the mask would show what is beside it. */
export function roomOf({ media, mask }: Stage, { zoom, turn }: CropView): { x: number; y: number } {
  const turned = turnSize(media, turn)
  return {
    x: Math.max(0, (turned.width * zoom - mask.width) / 2),
    y: Math.max(0, (turned.height * zoom - mask.height) / 2),
  }
}

/** Yields where along its way the mask is, from 0 (left, top) to 1; in the middle where there is no way. */
export const toShare = (offset: number, room: number): number =>
  room === 0 ? 0.5 : clamp(0.5 - offset / room / 2)

/** The way back. */
export const fromShare = (share: number, room: number): number =>
  room === 0 ? 0 : (0.5 - clamp(share)) * 2 * room

/** Turns the picture by a quarter about the middle of the mask: what was seen stays seen. */
export function turnView({ crop, zoom, turn }: CropView, by: 'left' | 'right'): CropView {
  const { x, y } = crop
  return {
    zoom,
    turn: addTurn({ by, from: turn }),
    crop: by === 'right' ? { x: -y, y: x } : { x: y, y: -x },
  }
}

const clamp = (share: number): number => Math.min(1, Math.max(0, share))
