import { chooseType, fitsAvif } from '../delivery/negotiate.ts'
import type { Accepted, Leaving } from '../delivery/negotiate.ts'
import type { Encoding, RasterType, Size } from '../pixels.ts'
import type { TransformOptions } from './transform-options.ts'

const DEFAULT_QUALITY = 85

/** Limits between which a JPEG may be progressive: https://developers.cloudflare.com/images/get-started/limits/ */
const MIN_PROGRESSIVE_AREA = 50 * 50
const MAX_PROGRESSIVE_AREA = 3000 * 3000

/** Chooses how a picture is written: https://developers.cloudflare.com/images/optimization/features/#format--f */
export function chooseEncoding(
  accepted: Accepted,
  leaving: Leaving,
  options: TransformOptions,
): Encoding {
  const { quality, metadata = 'copyright', format } = options
  return {
    type: typeOf(accepted, leaving, options),
    quality: quality ?? DEFAULT_QUALITY,
    progressive: format !== 'baseline-jpeg' && isProgressive(leaving.size),
    palette: quality !== undefined,
    metadata,
  }
}

function typeOf(
  accepted: Accepted,
  leaving: Leaving,
  { format = 'auto', compression }: TransformOptions,
): RasterType {
  if (compression === 'fast') return quickestType(leaving)
  switch (format) {
    case 'avif':
      return fitsAvif(leaving) ? 'image/avif' : 'image/webp'
    case 'webp':
      return 'image/webp'
    case 'jpeg':
    case 'baseline-jpeg':
      return 'image/jpeg'
    case 'auto':
    case 'json':
      return chooseType(accepted, leaving)
    default:
      return format satisfies never
  }
}

/** JPEG, unless it could not show what the original may hold. */
const quickestType = ({ type, frames }: Leaving): RasterType =>
  type === 'image/png' || frames > 1 ? type : 'image/jpeg'

function isProgressive({ width, height }: Size): boolean {
  const area = width * height
  return area >= MIN_PROGRESSIVE_AREA && area <= MAX_PROGRESSIVE_AREA
}
