import type { Attempt } from '../../uploads/record.ts'
import type { AttemptChange, AttemptStore } from '../../uploads/store.ts'
import { applyChange, refuseMissing, refuseTaken } from '../next-record.ts'
import { putAttempts, putJobs } from './tables.ts'
import type { Tables } from './tables.ts'

/** Makes the part that keeps attempts. */
export function createAttempts(tables: Tables, now: () => number): AttemptStore {
  return {
    async change(changes, jobs) {
      const changed = planChanges(tables, changes)
      if (!changed) return 'unchanged'
      putAttempts(tables, changed)
      putJobs(tables, jobs, now())
      return 'changed'
    },
    find: async (id) => tables.attempts.get(id),
    findMany: async (ids) => [...new Set(ids)].flatMap((id) => tables.attempts.get(id) ?? []),
    findByCloudflareId: async (cloudflareId) =>
      newestFirst([...tables.attempts.values()]).find((one) => one.cloudflareId === cloudflareId),
    of: async (imageId) => attemptsOf(tables, imageId),
  }
}

/** Lists the attempts of an image, newest first. */
export function attemptsOf({ attempts, attemptsOf }: Tables, imageId: string): readonly Attempt[] {
  const ids = [...(attemptsOf.get(imageId) ?? [])]
  return newestFirst(ids.flatMap((id) => attempts.get(id) ?? []))
}

/** The sort is stable, so of equals the one added later stays first. */
function newestFirst(attempts: readonly Attempt[]): readonly Attempt[] {
  return attempts.toReversed().toSorted((one, other) => other.createdAt - one.createdAt)
}

/** Makes the attempts that changes lead to, or answers undefined if one of them may not happen. */
export function planChanges(
  { attempts, records }: Tables,
  changes: readonly AttemptChange[] = [],
  created?: string,
): Iterable<Attempt> | undefined {
  const planned = new Map<string, Attempt>()
  const find = (id: string) => planned.get(id) ?? attempts.get(id)
  for (const change of changes) {
    if ('add' in change) {
      const { id, imageId } = change.add
      if (imageId !== created && !records.has(imageId)) refuseMissing()
      if (find(id)) refuseTaken('an attempt')
      planned.set(id, change.add)
    } else {
      const changed = applyChange(find(change.id), change)
      if (!changed) return undefined
      planned.set(change.id, changed)
    }
  }
  return planned.values()
}
