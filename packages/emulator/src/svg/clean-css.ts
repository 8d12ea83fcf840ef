import { functions, groupRules } from './allowed.ts'
import { matchBrackets, tokenizeCss } from './css-tokens.ts'
import type { Token } from './css-tokens.ts'

/**
 * Cleans a style sheet: rules and media queries stay, every other at-rule goes, and so does a declaration that
 * loads something or calls an unknown function. A sheet that two readers could read in two ways goes as a whole.
 */
export function cleanSheet(css: string): string {
  const sheet = readBalanced(css)
  return sheet ? cleanRules(sheet, 0, sheet.tokens.length) : ''
}

/** Cleans the declarations of a `style` attribute. */
export function cleanDeclarations(css: string): string {
  const sheet = readBalanced(css)
  return sheet ? cleanBlock(sheet, 0, sheet.tokens.length) : ''
}

/** Tells whether the value of an attribute loads nothing and calls only known functions. */
export function isSafeValue(value: string): boolean {
  if (!/[(\\]/.test(value)) return true
  const sheet = readBalanced(value)
  return sheet !== undefined && areSafe(sheet.tokens)
}

interface Sheet {
  readonly tokens: readonly Token[]
  /** Where the bracket opened at an index is closed. */
  readonly ends: ReadonlyMap<number, number>
}

function readBalanced(css: string): Sheet | undefined {
  const tokens = tokenizeCss(css)
  const ends = tokens && matchBrackets(tokens)
  return tokens && ends && { tokens, ends }
}

/** A rule is what comes before its block, and the block; what ends in `;` before a block is an at-rule. */
function cleanRules(sheet: Sheet, from: number, to: number): string {
  const { tokens, ends } = sheet
  let rules = ''
  let start = from
  for (let at = from; at < to; at += 1) {
    const end = ends.get(at)
    if (tokens[at]?.text === ';') start = at + 1
    if (end === undefined) continue
    if (tokens[at]?.text === '{') {
      rules += cleanRule(sheet, tokens.slice(start, at), [at + 1, end])
      start = end + 1
    }
    at = end
  }
  return rules
}

function cleanRule(
  sheet: Sheet,
  prelude: readonly Token[],
  [from, to]: readonly [number, number],
): string {
  const head = textOf(prelude).trim()
  if (/[<&;]/.test(head) || prelude.some(({ type }) => type === 'url')) return ''
  if (!head.includes('@')) return `${head}{${cleanBlock(sheet, from, to)}}`
  const [first, name] = prelude.filter(({ text }) => text.trim() !== '')
  if (first?.text !== '@' || head.lastIndexOf('@') > 0) return ''
  if (!groupRules.has(name?.text.toLowerCase() ?? '')) return ''
  return `${head}{${cleanRules(sheet, from, to)}}`
}

/** Declarations end in `;`; one that holds a block of its own goes. */
function cleanBlock({ tokens, ends }: Sheet, from: number, to: number): string {
  const kept: string[] = []
  let start = from
  for (let at = from; at <= to; at += 1) {
    const end = ends.get(at)
    if (at < to && end !== undefined) at = end
    else if (at === to || tokens[at]?.text === ';') {
      const declaration = tokens.slice(start, at)
      if (isDeclaration(declaration)) kept.push(textOf(declaration).trim())
      start = at + 1
    }
  }
  return kept.join(';')
}

const isDeclaration = (tokens: readonly Token[]): boolean =>
  tokens.some(({ text }) => text === ':') && areSafe(tokens)

function areSafe(tokens: readonly Token[]): boolean {
  return tokens.every(({ type, text }, at) => {
    if (type === 'url') return /^url\(\s*["']?#/i.test(text)
    if (text === '(') return isKnownCall(tokens[at - 1])
    return !['{', '@', '<'].includes(text)
  })
}

/** Parentheses after anything but a word are those of a calculation. */
const isKnownCall = (before: Token | undefined): boolean =>
  before?.type !== 'word' || functions.has(before.text.toLowerCase())

const textOf = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('')
