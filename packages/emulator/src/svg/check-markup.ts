import { InvalidSvgError } from './invalid-svg-error.ts'

/** Deeper than any drawing program nests, shallow enough for every recursion. */
const MAX_DEPTH = 256
const MAX_ATTRIBUTES = 256

/** Any other character makes it no XML: https://www.w3.org/TR/xml/#charsets */
const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

/**
 * Refuses what the XML parser would take minutes over, or would read in more ways than one: nesting or attributes
 * without end, a doctype with declarations of its own, and white space after `<`.
 */
export function checkMarkup(text: string): void {
  if (forbidden.test(text)) throw new InvalidSvgError('it has characters no XML may have')
  let depth = 0
  let at = text.indexOf('<')
  while (at !== -1) {
    const piece = readPiece(text, at)
    depth += piece.deeper
    if (depth > MAX_DEPTH) throw new InvalidSvgError(`it nests more than ${MAX_DEPTH} elements`)
    at = text.indexOf('<', piece.end)
  }
}

interface Piece {
  /** Where the piece is over. */
  readonly end: number
  readonly deeper: -1 | 0 | 1
}

function readPiece(text: string, at: number): Piece {
  if (text.startsWith('<!--', at)) return { end: after('--', text, at + 4), deeper: 0 }
  if (text.startsWith('<![CDATA[', at)) return { end: after(']]>', text, at + 9), deeper: 0 }
  if (text.startsWith('<?', at)) return { end: endOfInstruction(text, at), deeper: 0 }
  if (text.startsWith('<!', at)) return { end: endOfDoctype(text, at), deeper: 0 }
  if (text.startsWith('</', at)) return { end: after('>', text, at), deeper: -1 }
  return readTag(text, at)
}

function after(mark: string, text: string, from: number): number {
  const found = text.indexOf(mark, from)
  if (found === -1) throw new InvalidSvgError(`${mark} is missing`)
  return found + mark.length
}

/** `??>` ends an instruction for us and not for the parser. */
function endOfInstruction(text: string, at: number): number {
  const end = after('?>', text, at + 2)
  if (text[end - 3] === '?') throw new InvalidSvgError('a processing instruction ends in ??>')
  return end
}

function endOfDoctype(text: string, at: number): number {
  const name = '<!DOCTYPE'
  if (text.slice(at, at + name.length).toUpperCase() !== name)
    throw new InvalidSvgError('it has a declaration that is no doctype')
  const { end } = scanQuoted(text, at)
  if (text.slice(at, end).includes('[')) throw new InvalidSvgError('its doctype declares something')
  return end
}

function readTag(text: string, at: number): Piece {
  if ((text[at + 1] ?? ' ').trim() === '') throw new InvalidSvgError('a < stands alone')
  const { end, quoted } = scanQuoted(text, at)
  if (quoted > MAX_ATTRIBUTES)
    throw new InvalidSvgError(`an element has more than ${MAX_ATTRIBUTES} attributes`)
  return { end, deeper: text[end - 2] === '/' ? 0 : 1 }
}

/** Finds the `>` that is not within quotes, and counts what is. */
function scanQuoted(text: string, from: number): { readonly end: number; readonly quoted: number } {
  let quoted = 0
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? ''
    if (char === '>') return { end: at + 1, quoted }
    if (char !== '"' && char !== "'") continue
    at = after(char, text, at + 1) - 1
    quoted += 1
  }
  throw new InvalidSvgError('> is missing')
}
