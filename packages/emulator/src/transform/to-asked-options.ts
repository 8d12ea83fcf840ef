import { invalidOption } from './refuse.ts'
import type { Border } from '../pixels.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { OptionValues } from './option-readers.ts'
import type { AskedOptions, AutoWidths, Trim } from './transform-options.ts'

/** How far from its colour a border may be unless told: ours, Cloudflare has published none. */
const BORDER_DISTANCE = 10

/** Puts together the options that were read one by one; those that need another one are refused without it. */
export function toAskedOptions(values: OptionValues, settings: EmulatorSettings): AskedOptions {
  const lonely = findLonely(values)
  if (lonely) throw invalidOption(lonely, settings)
  const { width, gravity, 'slow-connection-quality': slowQuality } = values
  const [trim, border] = [toTrim(values), toBorder(values)]
  return {
    ...toPlain(values),
    ...(width === 'auto' ? { autoWidth: toAutoWidths(values) } : width && { width }),
    ...(gravity && gravity !== 'face' && { gravity }),
    ...(slowQuality && { slowQuality }),
    ...(trim && { trim }),
    ...(border && { border }),
  }
}

/** Keeps the options that mean what they say. */
function toPlain(values: OptionValues): Pick<AskedOptions, PlainName> {
  const plain = Object.entries(values).filter(([name]) => plainNames.some((one) => one === name))
  return Object.fromEntries(plain)
}

const plainNames = [
  ...(['height', 'fit', 'dpr', 'flip', 'rotate', 'background', 'blur', 'sharpen'] as const),
  ...(['brightness', 'contrast', 'gamma', 'saturation', 'quality', 'format'] as const),
  ...(['metadata', 'anim', 'compression'] as const),
] as const

type PlainName = (typeof plainNames)[number]

function findLonely(values: OptionValues): string | undefined {
  const names = Object.keys(values)
  const has = (start: string): boolean => names.some((name) => name.startsWith(start))
  if (has('trim.border.') && values.trim !== 'border') return 'trim.border needs trim=border'
  if (values.trim && /,trim\.(?!border)/.test(`,${names.join(',')}`)) return 'trim is given twice'
  if (/,w[bmd]/.test(`,${names.join(',')}`) && values.width !== 'auto')
    return 'wbreakpoints, wmobile and wdesktop need width=auto'
  return undefined
}

function toTrim(values: OptionValues): Trim | undefined {
  if (values.trim && values.trim !== 'border') return values.trim
  const { 'trim.top': top, 'trim.left': left, 'trim.width': width, 'trim.height': height } = values
  if (!top && !left && !width && !height) return undefined
  return {
    ...(top && { top }),
    ...(left && { left }),
    ...(width && { width }),
    ...(height && { height }),
  }
}

/** Their page: 0 need not match, 255 must match exactly. */
function toBorder(values: OptionValues): Border | undefined {
  if (values.trim !== 'border') return undefined
  const { 'trim.border.tolerance': tolerance, 'trim.border.keep': keep = 0 } = values
  const colour = values['trim.border.color']
  const distance = tolerance === undefined ? BORDER_DISTANCE : 255 - tolerance
  return { distance, keep, ...(colour && { colour }) }
}

const toAutoWidths = ({ wbreakpoints, wmobile, wdesktop }: OptionValues): AutoWidths => ({
  breakpoints: wbreakpoints ?? [320, 768, 960, 1200],
  mobile: wmobile ?? 768,
  desktop: wdesktop ?? 1200,
})
