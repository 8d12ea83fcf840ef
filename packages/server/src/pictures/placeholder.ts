import { toInitials } from './initials.ts'
import { toGround, toHex, toHue, white } from './placeholder-colour.ts'

export interface PlaceholderOf {
  /** Picks the colour. It is not shown. */
  readonly id: string
  /** Only its initials are shown; without any, there is a sign that says nothing of anybody. */
  readonly name: string | null
  /** What the sign stands for. @default 'person' */
  readonly sign?: PlaceholderSign
}

export type PlaceholderSign = 'person' | 'picture'

/**
 * Draws what stands where a picture cannot be shown: initials on a colour, as SVG of any size. It runs nothing and asks for nothing.
 */
export function drawPlaceholder({ id, name, sign = 'person' }: PlaceholderOf): string {
  const initials = name === null ? '' : toInitials(name)
  const ground = toHex(toGround(toHue(id)))
  const [label, drawing] =
    initials === '' ? [labels[sign], signs[sign]] : [escape(initials), drawInitials(initials)]
  return [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img"',
    ` aria-label="${label}"><rect width="64" height="64" fill="${ground}"/>${drawing}</svg>`,
  ].join('')
}

const ink = toHex(white)

const labels: Readonly<Record<PlaceholderSign, string>> = {
  person: 'No picture of this person',
  picture: 'No picture',
}

const signs: Readonly<Record<PlaceholderSign, string>> = {
  person: `<g fill="${ink}"><circle cx="32" cy="25" r="11"/><path d="M10 58a22 20 0 0 1 44 0z"/></g>`,
  picture: [
    `<g fill="none" stroke="${ink}" stroke-width="4" stroke-linejoin="round">`,
    '<rect x="12" y="16" width="40" height="32" rx="3"/><path d="M14 44l12-12 8 8 6-6 10 10"/></g>',
  ].join(''),
}

/** Two wide signs, such as two flags, have to fit as well as two letters. */
function drawInitials(initials: string): string {
  const text = `<text x="32" y="32" dy=".35em" fill="${ink}" text-anchor="middle"`
  const font = 'font-family="system-ui,sans-serif" font-size="24" font-weight="600"'
  return `${text} ${font}>${escape(initials)}</text>`
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** The last two are in no XML: https://www.w3.org/TR/xml/#charsets */
function escape(text: string): string {
  return text.replace(/[&<>"'\ufffe\uffff]/g, (char) => entities[char] ?? '')
}
