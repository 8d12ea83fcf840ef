import { refused } from '../codes.ts'
import { withoutFresh } from '../list-lag.ts'
import { notEmulated } from '../refusal.ts'
import type { Emulation } from '../emulation.ts'
import type { Fault } from '../faults.ts'
import type { EmulatorSettings } from '../settings.ts'
import type { ListedImage } from '../store.ts'

/** Says what a number in a query may be. */
export interface CountRule {
  readonly name: string
  readonly least: number
  readonly most: number
  readonly otherwise: number
}

/** Finds the images a list may show: those that have arrived, of one creator where it is asked for, late where a fault says so. */
export async function findListed(
  query: URLSearchParams,
  { store, config }: Emulation,
  acted: readonly Fault[],
): Promise<readonly ListedImage[]> {
  const creator = query.get('creator')
  const shown = withoutFresh(await store.list(), acted, config.now())
  const stored = shown.filter(({ status }) => status === 'stored')
  if (creator === null) return stored
  return stored.filter(({ facts }) => (facts.creator ?? '') === creator)
}

/** Refuses a parameter nobody knows, by name, and one that is given twice. */
export function checkNames(
  query: URLSearchParams,
  known: readonly string[],
  settings: EmulatorSettings,
): void {
  const names = [...query.keys()].filter((name) => !name.startsWith('meta.'))
  const unknown = names.find((name) => !known.includes(name))
  if (unknown !== undefined) throw notEmulated(`The parameter ${unknown} of a list`)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw refused(5400, settings, `${twice} is given twice`)
}

/** Reads a whole number. */
export function parseCount(
  query: URLSearchParams,
  { name, least, most, otherwise }: CountRule,
  settings: EmulatorSettings,
): number {
  const text = query.get(name)
  if (text === null) return otherwise
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN
  if (value >= least && value <= most) return value
  throw refused(5400, settings, `${name} must be a number from ${least} to ${most}`)
}
