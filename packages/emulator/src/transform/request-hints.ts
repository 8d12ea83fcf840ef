import type { AskedOptions, AutoWidths, TransformOptions } from './transform-options.ts'

/** The request headers `width=auto` and `slow-connection-quality` are decided by. */
export const hintHeaders: readonly string[] = [
  'Sec-CH-Viewport-Width',
  'Sec-CH-DPR',
  'User-Agent',
  'RTT',
  'Save-Data',
  'ECT',
  'Downlink',
]

/** Tells whether the headers of a request have a say. */
export const isHinted = ({ autoWidth, slowQuality }: AskedOptions): boolean =>
  autoWidth !== undefined || slowQuality !== undefined

/** Settles what a list leaves to the headers of the request. */
export function settleHints(asked: AskedOptions, headers: Headers): TransformOptions {
  const { autoWidth, slowQuality, ...options } = asked
  const width = autoWidth && chooseWidth(autoWidth, headers)
  const quality = isSlow(headers) ? slowQuality : undefined
  return { ...options, ...(width && { width }), ...(quality && { quality }) }
}

/**
 * Chooses the smallest breakpoint that covers the viewport; without client hints by the user agent. Which breakpoint
 * production takes is not published.
 * https://developers.cloudflare.com/images/optimization/features/#widthauto-sub-parameters
 */
function chooseWidth({ breakpoints, mobile, desktop }: AutoWidths, headers: Headers): number {
  const viewport = numberOf('Sec-CH-Viewport-Width', headers)
  if (viewport === undefined) return isMobile(headers) ? mobile : desktop
  const wanted = viewport * (numberOf('Sec-CH-DPR', headers) ?? 1)
  return breakpoints.find((width) => width >= wanted) ?? breakpoints.at(-1) ?? desktop
}

const isMobile = (headers: Headers): boolean =>
  /Mobi|Android|iPhone|iPad/i.test(headers.get('User-Agent') ?? '')

/** https://developers.cloudflare.com/images/optimization/features/#slow-connection-quality--scq */
const isSlow = (headers: Headers): boolean =>
  (numberOf('RTT', headers) ?? 0) > 150 ||
  headers.get('Save-Data')?.toLowerCase() === 'on' ||
  ['slow-2g', '2g', '3g'].includes(headers.get('ECT') ?? '') ||
  (numberOf('Downlink', headers) ?? Infinity) < 5

function numberOf(name: string, headers: Headers): number | undefined {
  const text = headers.get(name)
  return text !== null && /^\d{1,6}(\.\d{1,6})?$/.test(text) ? Number(text) : undefined
}
