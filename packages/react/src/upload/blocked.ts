import type { Failure } from '@lightfast/core'
import type { UploadTask } from './upload-task.ts'

const PAUSE_MS = 2000

/** Longer than our server lets a sender be silent. After that, something else is wrong. */
const PATIENCE_MS = 120_000

/**
 * Waits where somebody else is sending the same bytes: another tab, or an earlier try whose connection
 * broke. `over`: the failure is another one, or has lasted too long. Waiting uses up no attempt.
 */
export async function waitForOther(
  { job, tools, signal }: UploadTask,
  { code, retryAfterMs = PAUSE_MS }: Failure,
): Promise<'ask-again' | 'over'> {
  const since = job.blockedSince ?? tools.now()
  const over = code !== 'upload_conflict' || tools.now() - since >= PATIENCE_MS
  job.blockedSince = over ? null : since
  if (over) return 'over'
  await tools.sleep(retryAfterMs, signal)
  return 'ask-again'
}
