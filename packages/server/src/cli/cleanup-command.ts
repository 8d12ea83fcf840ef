import { carryOutCleanup } from '../cleanup/carry-out-cleanup.ts'
import type { CleanedUp } from '../cleanup/carry-out-cleanup.ts'
import { planCleanup } from '../cleanup/plan-cleanup.ts'
import type { CleanupReason, PlannedRemoval } from '../cleanup/plan-cleanup.ts'
import { ok } from '../doctor/check.ts'
import type { CheckResult } from '../doctor/check.ts'
import { formatResult } from '../doctor/format-report.ts'
import { confirm } from './confirm.ts'
import type { CleanupOptions } from './command-options.ts'
import { describeJobs } from './describe-reconciled.ts'
import { noteJobs } from './do-written-jobs.ts'
import type { WrittenJobs } from './do-written-jobs.ts'
import { InvalidCommandError } from './invalid-command-error.ts'
import { openApp } from './open-app.ts'
import type { App } from './open-app.ts'
import { count, createStatus, print, printJson, toStyle } from './output.ts'
import { readAppSettings } from './read-app-settings.ts'

/** Deletes what nobody needs any more, and tells how much it was. Resolves to the exit code. */
export async function cleanupCommand(options: CleanupOptions): Promise<0 | 1> {
  const asks = options.mode === 'act' && options.consent === 'ask'
  if (asks && !process.stdin.isTTY) {
    throw new InvalidCommandError('cleanup deletes: without a terminal it needs --yes.')
  }
  const app = await openApp(readAppSettings(process.env))
  try {
    return await run(app, options)
  } finally {
    await app.close()
  }
}

const DAY_MS = 86_400_000

async function run(app: App, options: CleanupOptions): Promise<0 | 1> {
  const { unusedDays, expiredDays, mode } = options
  const ages = {
    expiredMs: expiredDays * DAY_MS,
    ...(unusedDays !== undefined && { unusedMs: unusedDays * DAY_MS }),
  }
  const plan = await planCleanup(app.uploads.operator.store.records, ages, Date.now())
  if (mode === 'look') return report(plan, options)
  if (plan.length > 0 && !(await isWanted(plan, options))) return 1
  return report(plan, options, await act(app, plan))
}

async function isWanted(
  plan: readonly PlannedRemoval[],
  { consent }: CleanupOptions,
): Promise<boolean> {
  if (consent === 'given') return true
  const { stdin: input, stderr } = process
  const numbers = tally(plan)
  const question = `Delete ${numbers.unused} unused images and ${numbers.expired + numbers.rejected} uploads that came to nothing?`
  const isGiven = await confirm(question, { input, output: stderr })
  if (!isGiven) stderr.write('Nothing was deleted.\n')
  return isGiven
}

async function act(app: App, plan: readonly PlannedRemoval[]): Promise<Acted> {
  const status = createStatus()
  const doJobs = noteJobs(app)
  const cleaned = await carryOutCleanup(app.uploads.operator, plan, (done) =>
    status.show(`${done} of ${plan.length}`),
  )
  status.show('deleting at Cloudflare')
  const jobs = await doJobs()
  status.clear()
  return { ...cleaned, jobs }
}

interface Acted extends CleanedUp {
  readonly jobs: WrittenJobs
}

async function report(
  plan: readonly PlannedRemoval[],
  { output, mode }: CleanupOptions,
  acted?: Acted,
): Promise<0 | 1> {
  const isWell = acted === undefined || acted.jobs.dead === 0
  const planned = tally(plan)
  if (output === 'json') await printJson({ ok: isWell, dryRun: mode === 'look', planned, ...acted })
  else {
    const results = [...describePlan(planned), ...(acted ? describeActed(acted) : [])]
    await print(results.map((result) => formatResult(result, toStyle())).join(''))
  }
  return isWell ? 0 : 1
}

type Tally = Readonly<Record<CleanupReason, number>>

function tally(plan: readonly PlannedRemoval[]): Tally {
  const counts = { unused: 0, expired: 0, rejected: 0 }
  for (const { reason } of plan) counts[reason] += 1
  return counts
}

function describePlan({ unused, expired, rejected }: Tally): readonly CheckResult[] {
  return [
    { name: 'unused', ...ok(`${count(unused, 'ready image')} that nothing uses to delete.`) },
    { name: 'expired', ...ok(`${count(expired, 'upload')} that ran out to delete.`) },
    { name: 'rejected', ...ok(`${count(rejected, 'upload')} that were refused to delete.`) },
  ]
}

function describeActed({ removed, left, jobs }: Acted): readonly CheckResult[] {
  const words = `${removed} deleted. ${left} left alone: used or changed meanwhile.`
  return [{ name: 'deleted', ...ok(words) }, ...describeJobs(jobs)]
}
