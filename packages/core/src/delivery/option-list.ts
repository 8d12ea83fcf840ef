import { checkTransform, findKind, optionRules } from './option-rules.ts'
import type { OptionRule } from './option-rules.ts'
import type { Transform, TransformTarget } from './transform.ts'

/** A target that is a URL. */
export type UrlTarget = Extract<TransformTarget, 'flexible-variant' | 'remote-url'>

/**
 * Writes options as a URL has them, in the order of their names, so that equal pictures have equal URLs. A comma within a
 * value is encoded; those between options cannot be, and never stand at an end, where `srcset` would cut them off.
 * @throws TypeError naming what the target does not take.
 */
export function toOptionList(transform: Transform, target: UrlTarget): string {
  const entries = checkTransform(transform, target).flatMap(({ rule, value, kind }) =>
    toUrlEntries(rule.urlName, kind.write(value)),
  )
  if (entries.length === 0) throw new TypeError('A transform needs at least one option.')
  return entries
    .map(([name, text]) => `${name}=${encodeValue(text)}`)
    .toSorted()
    .join(',')
}

/**
 * Reads options as they stand in a URL, short names too.
 * @throws TypeError naming the option that is unknown, given twice, out of its range or not for this target.
 */
export function parseOptionList(list: string, target: UrlTarget): Transform {
  const given = new Map<string, string>()
  for (const entry of list.split(',')) {
    const [name, text] = splitEntry(entry)
    if (given.has(name)) throw new TypeError(`The option ${name} is given twice.`)
    given.set(name, text)
  }
  const read = joinTrim(given).map(([name, text]) => readOption(name, text, target))
  return Object.fromEntries(read)
}

/** In a URL, a part that stays has an option for each of its numbers. */
function toUrlEntries(name: string, text: string): readonly (readonly [string, string])[] {
  if (name !== 'trim' || !text.includes(':')) return [[name, text]]
  return text.split(';').map((one) => {
    const [side = '', pixels = ''] = one.split(':')
    return [`trim.${side}`, pixels]
  })
}

function joinTrim(given: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  const parts = [...given].filter(([name]) => name.startsWith('trim.'))
  const others = [...given].filter(([name]) => !name.startsWith('trim.'))
  if (parts.length === 0) return others
  if (given.has('trim')) throw new TypeError('The option trim is given twice, whole and in parts.')
  const text = parts.map(([name, value]) => `${name.slice('trim.'.length)}:${value}`).join(';')
  return [...others, ['trim', text]]
}

function splitEntry(entry: string): readonly [name: string, text: string] {
  const [, given, encoded] = /^([a-z.-]+)=(.+)$/.exec(entry) ?? []
  if (given === undefined || encoded === undefined) {
    throw new TypeError('A list of options is name=value, with a comma in between.')
  }
  return [toFullName(given), decodeValue(encoded)]
}

function toFullName(given: string): string {
  const rule = Object.values(optionRules).find(({ aliases }) => aliases?.includes(given))
  return rule?.urlName ?? given
}

function readOption(urlName: string, text: string, target: UrlTarget): readonly [string, unknown] {
  const [option, rule] = findOption(urlName)
  const kind = findKind(rule, target)
  const value = kind.read(text)
  if (value === undefined) throw new TypeError(`${urlName} must be ${kind.words}.`)
  return [option, value]
}

function findOption(urlName: string): readonly [string, OptionRule] {
  const found = Object.entries(optionRules).find(([, rule]) => rule.urlName === urlName)
  if (found) return found
  throw new TypeError(`There is no transform option "${urlName}".`)
}

/** Semicolons are written as they are documented; brackets would end a `url()` of CSS. */
function encodeValue(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%3B', ';')
    .replaceAll(/[()]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`)
}

function decodeValue(encoded: string): string {
  try {
    return decodeURIComponent(encoded)
  } catch (cause) {
    throw new TypeError('An option is not percent-encoded as UTF-8.', { cause })
  }
}
