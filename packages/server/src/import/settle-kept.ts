import type { ImageRecord } from '../uploads/record.ts'
import type { ImportContext } from './import-context.ts'
import type { ImportResult } from './import-result.ts'
import { wait } from './create-pace.ts'

/** A file that we keep, and nobody knows yet whether Cloudflare has it. */
export type Kept = Extract<ImportResult, { readonly outcome: 'imported' | 'known' | 'kept' }>

/** Longer than a killed process holds a job and Cloudflare's lists lag behind, taken together. */
const PATIENCE_MS = 150_000
const LOOK_MS = 2000

/** Does the jobs of files that we keep until each is settled, or until that has taken long. Then it is the app's. */
export async function settleKept(
  context: ImportContext,
  kept: readonly Kept[],
): Promise<readonly ImportResult[]> {
  const { now, schedule } = context.surroundings
  const until = now() + PATIENCE_MS
  for (;;) {
    const results = await Promise.all(kept.map((one) => settle(context, one)))
    if (results.every(({ outcome }) => outcome !== 'kept') || now() >= until)
      return results.map(toFirst)
    await wait(LOOK_MS, schedule)
  }
}

async function settle(context: ImportContext, kept: Kept): Promise<ImportResult> {
  const { runner, uploads } = context
  const { imageId } = kept
  const before = await uploads.operator.store.records.find(imageId)
  if (before && isOpen(before)) await runner.run([`forward:${imageId}`, `confirm:${imageId}`])
  const record = await uploads.operator.store.records.find(imageId)
  if (!record || isOpen(record)) return kept
  if (record.state === 'ready') return { ...kept, outcome: 'imported' }
  const { code = 'upload_conflict', message = 'It came to nothing.' } = record.failure ?? {}
  return { name: kept.name, outcome: 'failed', code, reason: message }
}

/** Of several names for the same bytes, the first has brought the image. */
function toFirst(result: ImportResult, at: number, results: readonly ImportResult[]): ImportResult {
  if (result.outcome !== 'imported') return result
  const first = results.findIndex((one) => 'imageId' in one && one.imageId === result.imageId)
  return first === at ? result : { ...result, outcome: 'known' }
}

function isOpen({ state }: ImageRecord): boolean {
  return state === 'parked' || state === 'delivered'
}
