import type { UploadTask } from './upload-task.ts'

/** Calls `wake` with whatever is worth waking for, until the signal aborts. */
type Watch = (wake: () => void, signal: AbortSignal) => void

/** Sleeps so many milliseconds, or until it is woken. Rejects when the task's signal aborts. */
export async function sleepUnlessWoken(
  { tools, signal }: UploadTask,
  ms: number,
  watch: Watch,
): Promise<void> {
  const woken = new AbortController()
  const over = AbortSignal.any([signal, woken.signal])
  watch(() => woken.abort(), over)
  await tools.sleep(ms, over).catch(() => signal.throwIfAborted())
  woken.abort()
}
