import { sleepUnlessWoken } from './sleep-unless-woken.ts'
import type { UploadState } from './upload-state.ts'
import type { UploadTask } from './upload-task.ts'
import { mayAsk } from './verdict.ts'
import type { Verdict } from './verdict.ts'
import { spread } from './wait.ts'

type Waiting = Extract<UploadState, { status: 'waiting' }>

/** The work of `waiting`: goes on when there is a connection, or when our server may be asked again. */
export async function waitOut(task: UploadTask, { reason, retryAt }: Waiting): Promise<void> {
  if (reason === 'offline') await untilOnline(task)
  else await untilAdmitted(task, retryAt ?? task.tools.now())
  task.send({ type: 'resumed' })
}

/** A connection that is back often fails once more at first. */
const SETTLE_MS = 1000

/**
 * Whoever comes back to the page has it tried as well, whatever the browser believes: one on a network
 * of its own, with a server in it, says that it is offline.
 */
async function untilOnline({ tools, signal }: UploadTask): Promise<void> {
  await new Promise<void>((resolve) => {
    tools.watchReturn(resolve, signal)
    if (tools.isOnline()) resolve()
  })
  await tools.sleep(SETTLE_MS + tools.random() * SETTLE_MS, signal)
}

/**
 * Waits for the time, or for somebody who got through before. Who wakes first tries for all: the others
 * see that and wait for how it fares.
 */
async function untilAdmitted(task: UploadTask, retryAt: number): Promise<void> {
  const { job, tools, send } = task
  for (let at = retryAt; ;) {
    const verdict = await newsOrTime(task, at)
    const now = tools.now()
    if (verdict.status === 'clear' || (now >= at && mayAsk(verdict, job.id, now))) return
    const until = spread(verdict.until, { now, random: tools.random() })
    at = verdict.status === 'probing' ? Math.max(at, until) : until
    if (verdict.status !== 'paused') continue
    send({ type: 'held', wait: { reason: verdict.reason, retryAt: at } })
  }
}

/** Yields the verdict as soon as there is a new one, and at the time at the latest. */
async function newsOrTime(task: UploadTask, at: number): Promise<Verdict> {
  const { now, verdicts } = task.tools
  await sleepUnlessWoken(task, Math.max(0, at - now()), verdicts.watch)
  return verdicts.get()
}
