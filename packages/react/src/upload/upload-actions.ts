import type { UploadControl } from './upload-control.ts'
import type { UploadEntry } from './upload-entry.ts'
import type { UploadIntake } from './upload-intake.ts'
import type { UploadList } from './upload-list.ts'
import { mayRetry } from './queue.ts'
import type { UploadTools } from './upload-task.ts'
import { probe } from './verdict.ts'

/** What a person can do to the list. */
export type UploadActions = Pick<
  UploadControl,
  'add' | 'retry' | 'retryAll' | 'remove' | 'release' | 'replace' | 'checkNow'
>

export interface UploadActionsOptions {
  readonly list: UploadList
  readonly intake: UploadIntake
  readonly tools: UploadTools
  readonly maxFiles: number
}

/** Makes the actions on one list. An id that is not in the list is ignored: it may have left by itself. */
export function createUploadActions({
  list,
  intake,
  tools,
  maxFiles,
}: UploadActionsOptions): UploadActions {
  function add(files: Iterable<File>): number {
    const picked = [...files]
    const taken = picked.slice(0, countPlaces(list.getEntries(), maxFiles))
    makeWay(taken.length)
    list.set([...list.getEntries(), ...taken.map(intake.pick)])
    return picked.length - taken.length
  }

  function makeWay(coming: number): void {
    const excess = list.getEntries().length + coming - maxFiles
    const finished = list.getEntries().filter(isFinished)
    for (const entry of finished.slice(0, Math.max(0, excess))) list.close(entry)
  }

  /** A person may ask before the pause of a circuit is over, and then tries for all that wait for it. */
  function retry(id: string): void {
    const { verdicts, now } = tools
    verdicts.tell(probe(verdicts.get(), id, now()))
    list.find(id)?.send({ type: 'retried' })
  }

  function retryAll(): void {
    const [first, ...others] = list.getEntries().filter((entry) => mayRetry(entry.getItem()))
    if (first !== undefined) retry(first.id)
    for (const entry of others) entry.send({ type: 'retried' })
  }

  function end(id: string, how: 'drop' | 'release'): void {
    const entry = list.find(id)
    if (entry === undefined) return
    entry[how]()
    list.close(entry)
  }

  function replace(id: string, file: File): void {
    const entry = list.find(id)
    if (entry === undefined) return
    entry.drop()
    list.set(list.getEntries().map((other) => (other === entry ? intake.pick(file) : other)))
  }

  return {
    add,
    retry,
    retryAll,
    remove: (id) => end(id, 'drop'),
    release: (id) => end(id, 'release'),
    replace,
    checkNow: (id) => list.find(id)?.send({ type: 'asked' }),
  }
}

/** A finished item makes way for a new file. */
function countPlaces(entries: readonly UploadEntry[], maxFiles: number): number {
  return Math.max(0, maxFiles - entries.filter((entry) => !isFinished(entry)).length)
}

function isFinished(entry: UploadEntry): boolean {
  return entry.getItem().state.status === 'done'
}
