import { jobKinds } from '../jobs/job-store.ts'
import type { JobKind, NewJob } from '../jobs/job-store.ts'
import { toJobKey } from '../stores/stored-job.ts'
import type { App } from './open-app.ts'

/** How the jobs that a command wrote ended. `waiting`: somebody else does them, or this command another time. */
export interface WrittenJobs {
  readonly done: number
  readonly waiting: number
  readonly dead: number
}

/** Notes the jobs that are written from now on, and does just those that are due whenever it is asked to. */
export function noteJobs(
  { uploads, runner, bytes }: App,
  kinds: readonly JobKind[] = jobKinds,
): () => Promise<WrittenJobs> {
  const noted = new Set<string>()
  uploads.watchJobs((jobs) => jobs.forEach(note))
  return doJobs

  function note(job: NewJob): void {
    if (kinds.includes(job.kind) && job.runAt <= Date.now()) noted.add(toJobKey(job))
  }

  async function doJobs(): Promise<WrittenJobs> {
    const all = [...noted]
    noted.clear()
    const mine = all.filter((key) => bytes || !needsBytes(key))
    let [done, dead] = [0, 0]
    for (let at = 0; at < mine.length; at += CHUNK) {
      const counts = await runner.run(mine.slice(at, at + CHUNK))
      done += counts.done
      dead += counts.dead
    }
    return { done, dead, waiting: all.length - done - dead }
  }
}

const CHUNK = 200

const ofBytes: readonly JobKind[] = ['forward', 'drop-bytes']

/** Without the place where bytes are kept, such a job would only use up its tries. */
function needsBytes(key: string): boolean {
  return ofBytes.some((kind) => key.startsWith(`${kind}:`))
}

/** Asks whether there are jobs that cannot be done without the place where bytes are kept. */
export async function countJobsOfBytes({ uploads }: App): Promise<number> {
  const counts = await uploads.operator.store.jobs.count()
  return counts
    .filter(({ kind, state }) => state === 'queued' && ofBytes.includes(kind))
    .reduce((sum, { count }) => sum + count, 0)
}
