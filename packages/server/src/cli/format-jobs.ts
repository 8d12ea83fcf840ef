import type { Job } from '../jobs/job-store.ts'
import { count, toPrintable } from './output.ts'

/** Writes jobs as a table, and how many there are. */
export function formatJobs(jobs: readonly Job[], now: number): string {
  if (jobs.length === 0) return 'There are no jobs.\n'
  const rows = [head, ...jobs.map((job) => toRow(job, now))]
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  return `${lines.join('\n')}\n\n${count(jobs.length, 'job')}\n`
}

const head: readonly string[] = ['key', 'state', 'age', 'due', 'tries', 'code']

function toRow(job: Job, now: number): readonly string[] {
  const { key, state, createdAt, tries, code } = job
  const age = formatAge(now - createdAt)
  return [toPrintable(key), state, age, toDue(job, now), `${tries}`, code ?? '-']
}

function toDue({ state, runAt, lease }: Job, now: number): string {
  if (state === 'dead') return '-'
  if (lease && lease.until > now) return 'under way'
  return runAt <= now ? 'now' : `in ${formatAge(runAt - now)}`
}

const units = [
  { ms: 86_400_000, name: 'd' },
  { ms: 3_600_000, name: 'h' },
  { ms: 60_000, name: 'min' },
] as const

/** Writes a duration in its largest whole unit. */
export function formatAge(ms: number): string {
  const unit = units.find((one) => ms >= one.ms)
  return unit
    ? `${Math.floor(ms / unit.ms)} ${unit.name}`
    : `${Math.max(0, Math.floor(ms / 1000))} s`
}

/** Picks what a machine may know of a job: who holds it is nobody's business. */
export function toJobJson({ key, kind, subject, state, createdAt, runAt, tries, code }: Job) {
  return { key, kind, subject, state, createdAt, runAt, tries, code }
}
