import { ok, skip, warn, fail } from '../doctor/check.ts'
import type { CheckResult, Finding } from '../doctor/check.ts'
import type { Reconciled } from '../uploads/reconcile.ts'
import type { WrittenJobs } from './do-written-jobs.ts'
import { count } from './output.ts'

export interface Circumstances {
  readonly mode: 'look' | 'act'
  readonly hasBytes: boolean
}

/** Says in plain words what a comparison found, and what was or would be done about it. */
export function describeReconciled(
  found: Reconciled,
  circumstances: Circumstances,
): readonly CheckResult[] {
  const { images, foreign, followed, adopted, swept, vanished, stuck } = found
  const does = (done: string, would: string) => (circumstances.mode === 'act' ? done : would)
  return [
    named('images', ok(`${count(images, 'image')} at Cloudflare were looked at.`)),
    named('foreign', tell(foreign, 'No image is without a record.', toForeign(foreign))),
    named(
      'arrived',
      tell(
        adopted,
        'No upload had arrived unheard of.',
        `${count(adopted, 'upload')} had arrived, though nobody had heard of it: ${does('ready now', 'would be made ready')}.`,
      ),
    ),
    named(
      'moved',
      tell(
        followed,
        'Every ready image has the id that its record says.',
        `${count(followed, 'image')} have another id than their records say, as after a change of privacy: ${does('the records follow now', 'the records would follow')}.`,
      ),
    ),
    named(
      'doubles',
      tell(
        swept,
        "No image of ours is beside its record's.",
        `${count(swept, 'image')} of ours are not their record's: ${does('deleted', 'would be deleted')}.`,
      ),
    ),
    named('vanished', describeVanished(vanished)),
    named(
      'stuck',
      tell(
        stuck,
        'Every unfinished upload has a job that looks after it.',
        `${count(stuck, 'upload')} had no job any more: ${does('there is one again', 'one would be written')}.`,
      ),
    ),
    named('kept-bytes', describeBytes(found, circumstances)),
  ]
}

function toForeign(foreign: number): string {
  return `${count(foreign, 'image')} belong to no record, as if put there by hand or by another app. They are left alone.`
}

function tell(number: number, none: string, some: string): Finding {
  return number === 0 ? ok(none) : { status: 'warning', finding: some }
}

function describeVanished(vanished: readonly string[]): Finding {
  if (vanished.length === 0) return ok('Every ready image is at Cloudflare.')
  return fail(
    `${count(vanished.length, 'ready image')} are not at Cloudflare: ${vanished.join(' ')}`,
    'Look at what deleted them. Their records stay as they are: remove them, or upload the files again.',
  )
}

function describeBytes({ strayBytes }: Reconciled, { mode, hasBytes }: Circumstances): Finding {
  if (!hasBytes) return skip('LIGHTFAST_BYTES is not set: kept bytes were not looked at.')
  if (strayBytes === 0) return ok('Nothing is kept that no record needs.')
  const end = mode === 'act' ? 'deleted' : 'would be deleted'
  return warn(
    `${count(strayBytes, 'file')} were kept that no record needs: ${end}.`,
    'Killed processes leave some. If it comes back every time, look for what writes there.',
  )
}

/** Says how the jobs ended that a command wrote; nothing if there were none. */
export function describeJobs({ done, waiting, dead }: WrittenJobs): readonly CheckResult[] {
  if (done + waiting + dead === 0) return []
  const words = `${count(done, 'job')} done, ${waiting} waiting, ${dead} given up.`
  if (dead > 0) return [named('jobs', fail(words, 'See them with "lightfast jobs --state dead".'))]
  if (waiting === 0) return [named('jobs', ok(words))]
  return [named('jobs', warn(words, 'The app does them, or "lightfast jobs --run".'))]
}

function named(name: string, finding: Finding): CheckResult {
  return { name, ...finding }
}
