import { findOrientation } from '@lightfast/core'
import type { RasterType } from '../delivery/raster-type.ts'

/**
 * Reads how a picture has to be turned, from 1 (not at all) to 8, by the EXIF of a JPEG, a PNG or a WebP.
 * @see https://www.cipa.jp/std/documents/download_e.html?DC-008-Translation-2023-E clause 4.6.4, tag 274
 */
export function readOrientation(bytes: Uint8Array, type: RasterType): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const at = finders[type]?.(view)
    if (at === undefined) return UPRIGHT
    return findOrientation(bytes.subarray(skipName(view, at)))?.value ?? UPRIGHT
  } catch (error) {
    // The file breaks off: it is for the decoder to say so.
    if (error instanceof RangeError) return UPRIGHT
    throw error
  }
}

const UPRIGHT = 1

const finders: Partial<Record<RasterType, (view: DataView) => number | undefined>> = {
  'image/jpeg': findInJpeg,
  'image/png': findInPng,
  'image/webp': findInWebp,
}

/** The segments before the coded data: ITU-T T.81, annex B. */
function findInJpeg(view: DataView): number | undefined {
  for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint8(at + 1)
    if (marker === 0xda) return undefined
    if (marker === 0xe1 && view.getUint32(at + 4) === EXIF_NAME) return at + 4
  }
  return undefined
}

function findInPng(view: DataView): number | undefined {
  for (let at = 8; at < view.byteLength; at += 12 + view.getUint32(at)) {
    if (view.getUint32(at + 4) === 0x65_58_49_66) return at + 8
  }
  return undefined
}

/** A chunk of an odd length is followed by a byte of nothing. */
function findInWebp(view: DataView): number | undefined {
  for (let at = 12; at < view.byteLength; at += 8 + toEven(view.getUint32(at + 4, true))) {
    if (view.getUint32(at) === 0x45_58_49_46) return at + 8
  }
  return undefined
}

const toEven = (length: number): number => length + (length % 2)

/** `Exif`, which is followed by two zeros. Only a JPEG has to have it. */
const EXIF_NAME = 0x45_78_69_66

function skipName(view: DataView, at: number): number {
  return view.getUint32(at) === EXIF_NAME ? at + 6 : at
}
