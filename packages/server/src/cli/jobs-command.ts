import type { JobCounts } from '../jobs/sweep-jobs.ts'
import type { Job, JobQuery, JobStore } from '../jobs/job-store.ts'
import type { JobsOptions } from './command-options.ts'
import { countJobsOfBytes } from './do-written-jobs.ts'
import { formatJobs, toJobJson } from './format-jobs.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { openApp } from './open-app.ts'
import type { App } from './open-app.ts'
import { count, createStatus, print, printJson } from './output.ts'
import { readAppSettings } from './read-app-settings.ts'

/** Lists jobs, replays dead ones, and does what is due. Resolves to the exit code: 1 if something was given up or is not there. */
export async function jobsCommand(options: JobsOptions): Promise<0 | 1> {
  const app = await openApp(readAppSettings(process.env))
  try {
    return await run(app, options)
  } finally {
    await app.close()
  }
}

async function run(app: App, options: JobsOptions): Promise<0 | 1> {
  const { jobs } = app.uploads.operator.store
  const replayed = await replay(jobs, options)
  if (options.task === 'run') return report(options, { replayed, ran: await drain(app) })
  const isReplay = options.replay === 'all' || options.replay.length > 0
  return report(options, isReplay ? { replayed } : { replayed, listed: await list(jobs, options) })
}

interface Replayed {
  readonly replayed: readonly string[]
  /** There is no dead job of that key. */
  readonly missing: readonly string[]
}

async function replay(jobs: JobStore, options: JobsOptions): Promise<Replayed> {
  const { replay: asked, kind } = options
  const dead = { state: 'dead', ...(kind && { kind }) } as const
  const keys = asked === 'all' ? (await listAll(jobs, dead)).map(({ key }) => key) : asked
  const outcomes = await Promise.all(
    keys.map(async (key) => ({ key, outcome: await jobs.replay(key) })),
  )
  const keysOf = (which: 'replayed' | 'missing') =>
    outcomes.filter(({ outcome }) => outcome === which).map(({ key }) => key)
  return { replayed: keysOf('replayed'), missing: keysOf('missing') }
}

function list(jobs: JobStore, { state, kind }: JobsOptions): Promise<readonly Job[]> {
  return listAll(jobs, { ...(state && { state }), ...(kind && { kind }) })
}

const PAGE = 500

async function listAll(
  jobs: JobStore,
  query: Omit<JobQuery, 'limit' | 'after'>,
): Promise<readonly Job[]> {
  const listed: Job[] = []
  for (;;) {
    const after = listed.at(-1)?.key
    const page = await jobs.list({ ...query, limit: PAGE, ...(after !== undefined && { after }) })
    listed.push(...page)
    if (page.length < PAGE) return listed
  }
}

/** Without the place of kept bytes, jobs about them would use up their tries, and files be given up. */
async function drain(app: App): Promise<JobCounts> {
  const ofBytes = app.bytes ? 0 : await countJobsOfBytes(app)
  if (ofBytes > 0) {
    throw new InvalidCommandError(
      `LIGHTFAST_BYTES is not set, and there are ${count(ofBytes, 'job')} about kept bytes.`,
    )
  }
  const status = createStatus()
  status.show('jobs')
  const counts = await app.runner.drain()
  status.clear()
  return counts
}

interface Done {
  readonly replayed: Replayed
  readonly ran?: JobCounts
  readonly listed?: readonly Job[]
}

async function report({ output }: JobsOptions, { replayed, ran, listed }: Done): Promise<0 | 1> {
  const ok = replayed.missing.length === 0 && (ran?.dead ?? 0) === 0
  if (output === 'json') {
    const jobs = listed && { jobs: listed.map(toJobJson) }
    await printJson({ ok, ...replayed, ...(ran && { ran }), ...jobs })
  } else {
    await print(
      replayed.replayed.map((key) => `${key} is due again.\n`).join('') +
        replayed.missing.map((key) => `There is no dead job ${key}.\n`).join('') +
        (ran ? formatRan(ran) : '') +
        (listed ? formatJobs(listed, Date.now()) : ''),
    )
  }
  return ok ? 0 : 1
}

function formatRan({ done, again, parked, dead, lost }: JobCounts): string {
  return `${count(done, 'job')} done, ${again} to be tried again, ${parked} waiting for Cloudflare, ${dead} given up, ${lost} taken over by others.\n`
}
