import { startPostgres, startRedis } from '../../../../tools/services.ts'
import type { Peer } from '../peers/find-case.ts'
import { serverVariables } from '../peers/find-server.ts'
import { JOBS } from '../peers/terms.ts'
import { toRow } from '../row.ts'
import type { Row } from '../row.ts'
import { runCases } from '../timing/run-cases.ts'
import type { Bench } from '../timing/run-cases.ts'

interface Entry {
  readonly what: string
  readonly peer: Peer
  readonly name: string
}

const bullmq: Entry = { what: 'BullMQ on Redis', peer: 'bullmq', name: 'redis' }
const boss: Entry = { what: 'pg-boss on PostgreSQL', peer: 'pg-boss', name: 'oneByOne' }
const bossInBatches: Entry = {
  what: 'pg-boss, fetched and completed in batches',
  peer: 'pg-boss',
  name: 'inBatches',
}

/** Ours, and whom each is held against: the most of their time that ours may take. */
const ours: readonly (Entry & { readonly rival?: Entry; readonly goal?: number })[] = [
  { what: 'ours, in memory', peer: 'our-jobs', name: 'memory' },
  { what: 'ours, in a SQLite file', peer: 'our-jobs', name: 'sqlite', rival: bullmq, goal: 1 },
  { what: 'ours, on PostgreSQL', peer: 'our-jobs', name: 'postgres', rival: boss, goal: 1 },
]

/** A case takes seconds. */
const ROUNDS = 3

/** Times jobs that do nothing, from being added to being done. */
export async function jobs(bench: Bench): Promise<Row[]> {
  const [redis, postgres] = await Promise.all([startRedis(), startPostgres()])
  const servers = {
    [serverVariables.redis]: redis.url,
    [serverVariables.postgres]: postgres.url,
  }
  try {
    return await timeJobs({ ...bench, servers, rounds: Math.min(ROUNDS, bench.rounds) })
  } finally {
    await Promise.all([redis.stop(), postgres.stop()])
  }
}

async function timeJobs(bench: Bench): Promise<Row[]> {
  const rivals = [bullmq, boss, bossInBatches]
  const entries = [...ours, ...rivals]
  const figures = await runCases(entries, bench)
  const perJob = new Map(entries.map(({ what }, at) => [what, (figures[at] ?? 0) / JOBS]))
  const toNs = ({ what }: Entry): number => perJob.get(what) ?? 0
  return [
    ...ours.map(({ rival, goal, ...entry }) => {
      const line = toLine(entry, toNs(entry))
      if (!rival) return toRow(line)
      const ratio = toNs(entry) / toNs(rival)
      const ratioOf = `time of ours / ${rival.peer}`
      return toRow({ ...line, ratio, ratioOf, ...(goal !== undefined && { goal }) })
    }),
    ...rivals.map((rival) => toRow(toLine(rival, toNs(rival)))),
  ]
}

function toLine({ what }: Entry, ns: number): Omit<Row, 'holds'> {
  return { group: 'jobs', name: what, figure: 1e9 / ns, unit: 'jobs/s' }
}
