import type { Row } from '../row.ts'
import type { Bench } from '../timing/run-cases.ts'
import { compare } from './compare.ts'
import type { Contest } from './compare.ts'
import { http, refusal, stack } from './contests.ts'
import { failing } from './failing.ts'
import { policy } from './policy.ts'
import { signing } from './signing.ts'
import { gateway } from './gateway.ts'
import { uploads } from './uploads.ts'

export type Group = (bench: Bench) => Promise<readonly Row[]>

/** What can be measured, in this order. What runs here, and not in children, is loaded when its turn comes. */
export const groups: Readonly<Record<string, Group>> = {
  stack: runContests(stack),
  refusal: runContests(refusal),
  failing,
  http: runContests(http),
  policy: runContests(policy),
  uploads,
  signing,
  gateway: runContests(gateway),
  jobs: async (bench) => (await import('./jobs.ts')).jobs(bench),
  sizes: async () => (await import('./sizes.ts')).sizes(),
  simulation: async (bench) => (await import('./simulation.ts')).simulation(bench),
  'kit-list': async (bench) => (await import('./kit-list.ts')).kitList(bench),
  'kit-avatars': async (bench) => (await import('./kit-avatars.ts')).kitAvatars(bench),
  'kit-sizes': async (bench) => (await import('./kit-sizes.ts')).kitSizes(bench),
}

function runContests(contests: readonly Contest[]): Group {
  return async (bench) => {
    const rows: Row[] = []
    for (const contest of contests) rows.push(...(await compare(contest, bench)))
    return rows
  }
}
