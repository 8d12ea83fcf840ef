/** Writes what a mark of text says. */

export interface MarkWords {
  /** As the app describes whom a picture is shown to. Anything at all may be in it. */
  readonly viewer: string
  /** When the right was given, in ms since the epoch. */
  readonly issuedAt: number
}

/** Letters of scripts that are written from right to left. */
export const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u

const MAX_GRAPHEMES = 80
const MAX_LENGTH = 320

/** First strong isolate and its end: what is between them turns neither the text around it nor its signs. */
const [ISOLATE, END_ISOLATE] = ['\u2068', '\u2069']
/** A sign without width by which a line takes its direction from the template, and not from a name at its beginning. */
const marks = { ltr: '\u200E', rtl: '\u200F' }

/** Puts the words of a viewer into a template, as one line of plain text. */
export function writeMark(template: string, { viewer, issuedAt }: MarkWords): string {
  const date = new Date(issuedAt).toISOString().slice(0, 10)
  const written = template.replaceAll(/\{(viewer|date)\}/g, (_, name: string) =>
    isolate(name === 'date' ? date : tidy(viewer)),
  )
  return marks[directionOf(template)] + written
}

/**
 * Makes one short line of anything: no controls, nothing that turns text around or piles up without end, nothing that
 * is half a character. The two joiners stay: Persian needs them.
 */
function tidy(words: string): string {
  const line = words
    .slice(0, 4 * MAX_LENGTH)
    .replaceAll(/(?![\u200C\u200D])[\p{Cs}\p{Cf}\p{Co}\p{Cn}]/gu, '')
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim()
  const graphemes = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment)
  const short = graphemes.slice(0, MAX_GRAPHEMES).join('')
  return short.length < line.length ? `${short}…` : short
}

const isolate = (words: string): string => `${ISOLATE}${words}${END_ISOLATE}`

function directionOf(template: string): keyof typeof marks {
  const first = /\p{L}/u.exec(template.replaceAll(/\{(?:viewer|date)\}/g, ''))?.[0] ?? ''
  return RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr'
}
