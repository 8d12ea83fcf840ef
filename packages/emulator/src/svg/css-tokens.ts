/** A piece of CSS; `other` is one character. */
export interface Token {
  readonly type: 'word' | 'string' | 'url' | 'other'
  readonly text: string
}

/**
 * Splits CSS into words, strings, `url(…)` and single characters; comments become a space. It gives up with
 * `undefined` on what readers disagree about: escapes, and strings, comments or URLs without an end.
 * https://www.w3.org/TR/css-syntax-3/#tokenization
 */
export function tokenizeCss(css: string): readonly Token[] | undefined {
  if (css.includes('\\')) return undefined
  const tokens: Token[] = []
  for (let at = 0; at < css.length;) {
    const token = readToken(css, at)
    if (!token) return undefined
    at += token.text.length
    tokens.push(token.text.startsWith('/*') ? { type: 'other', text: ' ' } : token)
  }
  return tokens
}

/** Finds where each bracket is closed, or `undefined` if they do not match. */
export function matchBrackets(tokens: readonly Token[]): ReadonlyMap<number, number> | undefined {
  const ends = new Map<number, number>()
  const open: number[] = []
  for (const [at, { type, text }] of tokens.entries()) {
    if (type !== 'other') continue
    if (text in pairs) open.push(at)
    if (!closing.has(text)) continue
    const start = open.pop()
    if (start === undefined || pairs[tokens[start]?.text ?? ''] !== text) return undefined
    ends.set(start, at)
  }
  return open.length === 0 ? ends : undefined
}

const pairs: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' }
const closing: ReadonlySet<string> = new Set(Object.values(pairs))

/** Sticky patterns, each of which takes what it can in one go. */
const patterns: readonly (readonly [Token['type'], RegExp])[] = [
  ['url', /url\([ \t\r\n\f]*(?:"[^"\r\n\f]*"|'[^'\r\n\f]*'|[^"'()\s]*)[ \t\r\n\f]*\)/iy],
  ['word', /[\w\-\u0080-\uffff]+/y],
  ['string', /"[^"\r\n\f]*"|'[^'\r\n\f]*'/y],
  ['other', /\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//y],
  ['other', /[^\w\-\u0080-\uffff"'/]|\/(?!\*)/y],
]

function readToken(css: string, at: number): Token | undefined {
  for (const [type, pattern] of patterns) {
    pattern.lastIndex = at
    const [text] = pattern.exec(css) ?? []
    if (text !== undefined) return isBrokenUrl(text, css, at) ? undefined : { type, text }
  }
  return undefined
}

/** A `url(` that is not whole is no function call, whatever stands in it. */
const isBrokenUrl = (text: string, css: string, at: number): boolean =>
  text.toLowerCase() === 'url' && css[at + text.length] === '('
