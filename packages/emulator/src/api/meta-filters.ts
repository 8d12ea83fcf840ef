import { refused } from '../codes.ts'
import { isRecord } from '../form.ts'
import type { RefusedError } from '../refusal.ts'
import type { EmulatorSettings } from '../settings.ts'

/** Asks whether an image with this metadata is wanted. */
export type MetaFilter = (meta: Readonly<Record<string, unknown>>) => boolean

const MAX_FILTERS = 5
const MAX_LEVELS = 5
const MAX_VALUES = 10

/**
 * Parses `meta.<field>[<operator>]=<value>`, all of which must hold.
 * https://developers.cloudflare.com/api/resources/images/subresources/v2/methods/list/
 */
export function parseMetaFilters(query: URLSearchParams, settings: EmulatorSettings): MetaFilter {
  const refuse = (message: string): RefusedError => refused(5400, settings, message)
  const given = [...query].filter(([name]) => name.startsWith('meta.'))
  if (given.length > MAX_FILTERS) throw refuse(tooMany(given.length))
  const filters = given.map(([name, value]) => parseFilter(name, value, refuse))
  return (meta) => filters.every((filter) => filter(meta))
}

type Refuse = (message: string) => RefusedError
type Value = string | number | boolean
type Kind = 'any' | 'string' | 'number' | 'boolean'

/** The two messages of the schema's examples; the other ones are ours. */
const tooMany = (count: number): string =>
  `Too many metadata filters: ${count} provided, maximum ${MAX_FILTERS} allowed`
const unsupported = (operator: string): string =>
  `Unsupported metadata filter operator: '${operator}'`

function parseFilter(name: string, text: string, refuse: Refuse): MetaFilter {
  const [, path = '', operator = ''] = /^meta\.([^[\]]+)\[([^[\]]*)\]$/.exec(name) ?? []
  const fields = path.split('.')
  if (fields.includes('')) throw refuse(`The metadata filter ${name} cannot be read`)
  if (fields.length > MAX_LEVELS) throw refuse(`Metadata filters go ${MAX_LEVELS} levels deep`)
  const isWanted = parseOperator(operator, text, refuse)
  return (meta) => isWanted(pick(meta, fields))
}

function parseOperator(
  operator: string,
  text: string,
  refuse: Refuse,
): (value: unknown) => boolean {
  const [name = '', kind = 'any', ...rest] = operator.split(':')
  if (!Object.hasOwn(kindsOf, name) || rest.length > 0) throw refuse(unsupported(operator))
  if (!kindsOf[name]?.some((known) => known === kind)) throw refuse(unsupported(operator))
  const compare = comparisons[name]
  if (compare) return compareWith(compare, toNumber(text, refuse))
  const texts = name === 'in' ? text.split('|') : [text]
  if (texts.length > MAX_VALUES) throw refuse(`A list has ${MAX_VALUES} values at most`)
  const matchers = texts.map((text) => toMatcher(text, kind, refuse))
  return (value) => matchers.some((matches) => matches(value))
}

const kindsOf: Readonly<Record<string, readonly Kind[]>> = {
  eq: ['any', 'string', 'number', 'boolean'],
  in: ['any', 'string', 'number'],
  gt: ['any', 'number'],
  gte: ['any', 'number'],
  lt: ['any', 'number'],
  lte: ['any', 'number'],
}

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  gte: (a, b) => a >= b,
  lt: (a, b) => a < b,
  lte: (a, b) => a <= b,
}

const compareWith =
  (compare: (a: number, b: number) => boolean, wanted: number) =>
  (value: unknown): boolean =>
    typeof value === 'number' && compare(value, wanted)

/** Without a kind `5` is the number as well as the text: which of them production means is not said. */
function toMatcher(text: string, kind: string, refuse: Refuse): (value: unknown) => boolean {
  if (kind === 'any') return (value) => isScalar(value) && String(value) === text
  const wanted = toValue(text, kind, refuse)
  return (value) => value === wanted
}

function toValue(text: string, kind: string, refuse: Refuse): Value {
  if (kind === 'number') return toNumber(text, refuse)
  if (kind === 'string') return text
  if (text === 'true' || text === 'false') return text === 'true'
  throw refuse(`The metadata filter value '${text}' is not a boolean`)
}

function toNumber(text: string, refuse: Refuse): number {
  const value = text.trim() === '' ? NaN : Number(text)
  if (Number.isFinite(value)) return value
  throw refuse(`The metadata filter value '${text}' is not a number`)
}

const isScalar = (value: unknown): value is Value =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

const pick = (meta: unknown, fields: readonly string[]): unknown =>
  fields.reduce<unknown>(
    (value, field) => (isRecord(value) && Object.hasOwn(value, field) ? value[field] : undefined),
    meta,
  )
