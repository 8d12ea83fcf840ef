/** Which of the account's keys is the newest, and what a rotation has to do next. An account tells names, and no dates. */
import type { KeysResource } from '../client/keys.ts'

/** As much of a key as may be looked at. */
export interface NamedKey {
  readonly name: string
}

/** What comes next, as the names say. Nothing is remembered elsewhere, so that a rotation that was cut off goes on. */
export type Rotation =
  /** One key signs everything: the second one can be added. */
  | { readonly status: 'resting'; readonly current: string; readonly add: string }
  /** Both hold: everything must sign with the newer one before the older one goes. */
  | { readonly status: 'rotating'; readonly newer: string; readonly older: string }

/**
 * Reads where a rotation stands.
 * @param old Which of two keys goes, where their names do not tell.
 * @throws TypeError if there is no key, if there are more than two, or if it cannot be told which one is older.
 */
export function readRotation(keys: readonly NamedKey[], old?: string): Rotation {
  const names = keys.map(({ name }) => name)
  if (old !== undefined && !names.includes(old)) throw new TypeError(`There is no key ${old}.`)
  const [first, second, ...more] = old === undefined ? newestFirst(keys) : withLast(keys, old)
  if (!first) throw new TypeError('The account has no signing key. Add one in the dashboard.')
  if (more.length > 0) {
    throw new TypeError(
      `There are ${names.length} keys, and a rotation needs one or two: ${names.join(', ')}.`,
    )
  }
  if (second) return { status: 'rotating', newer: first.name, older: second.name }
  return { status: 'resting', current: first.name, add: nextName(keys) }
}

/**
 * Puts the newest first: those of rotations by their number, and before them whatever there was.
 * @throws TypeError if there are two that no rotation has added.
 */
export function newestFirst<Key extends NamedKey>(keys: readonly Key[]): readonly Key[] {
  const foreign = keys.filter(({ name }) => serialOf(name) === 0)
  if (foreign.length > 1) {
    const names = foreign.map(({ name }) => name).join(' or ')
    throw new TypeError(
      `It cannot be told which key is older, ${names}: their names have no number.`,
    )
  }
  return keys.toSorted((one, other) => serialOf(other.name) - serialOf(one.name))
}

const PREFIX = 'lightfast-'

/** A name that there is not and has not been: creating one anew would replace its value, and break its links. */
function nextName(keys: readonly NamedKey[]): string {
  return `${PREFIX}${Math.max(...keys.map(({ name }) => serialOf(name))) + 1}`
}

/** 0 for a key that no rotation has added, such as `default`. */
function serialOf(name: string): number {
  const [, serial = '0'] = /^lightfast-([1-9]\d{0,8})$/.exec(name) ?? []
  return Number(serial)
}

function withLast(keys: readonly NamedKey[], old: string): readonly NamedKey[] {
  return [...keys.filter(({ name }) => name !== old), ...keys.filter(({ name }) => name === old)]
}

/**
 * Deletes the older key, if both are there still: whoever asked may have thought for a while.
 * @throws TypeError if the account has changed since, or has lost the newer key as well.
 */
export async function finishRotation(
  keys: Pick<KeysResource, 'list' | 'delete'>,
  { newer, older }: Extract<Rotation, { readonly status: 'rotating' }>,
): Promise<void> {
  const now = await keys.list()
  const isSame = now.length === 2 && [newer, older].every((name) => hasKey(now, name))
  if (!isSame) throw new TypeError('The keys have changed meanwhile: nothing was deleted.')
  const left = await keys.delete(older)
  if (hasKey(left, newer)) return
  throw new TypeError(
    `The key ${newer} is gone as well: somebody else has deleted it. Look at the account.`,
  )
}

function hasKey(keys: readonly NamedKey[], name: string): boolean {
  return keys.some((key) => key.name === name)
}
