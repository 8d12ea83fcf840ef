import type { ImportContext } from './import-context.ts'
import { importFile } from './import-file.ts'
import { emptyTally } from './import-result.ts'
import type { ImportResult, ImportTally } from './import-result.ts'
import type { ImportSource } from './import-source.ts'
import { settleKept } from './settle-kept.ts'
import type { Kept } from './settle-kept.ts'

export interface ImportOptions {
  readonly concurrency: number
  /** Does one source. @default imports it */
  readonly work?: (source: ImportSource) => Promise<ImportResult>
  /** Hears of each source once, when it is known what became of it. */
  readonly onResult?: (result: ImportResult) => void
}

/**
 * Imports sources, a few at a time, and reads no more of them than are under way. It stops before the rest if Cloudflare refuses the
 * token: nothing else would go better.
 */
export async function importAll(
  context: ImportContext,
  sources: AsyncIterable<ImportSource>,
  options: ImportOptions,
): Promise<ImportTally> {
  const { concurrency, work = (source) => importFile(context, source), onResult } = options
  const iterator = sources[Symbol.asyncIterator]()
  const counts: Record<ImportResult['outcome'], number> = { ...emptyTally }
  const kept: { readonly source: ImportSource; readonly result: Kept }[] = []
  let isStopped = false
  await Promise.all(Array.from({ length: concurrency }, workOn))
  await iterator.return?.()
  const settled = await settleKept(
    context,
    kept.map(({ result }) => result),
  )
  await context.tidy()
  kept.forEach(({ source }, at) => tell(source, settled[at]))
  return counts

  async function workOn(): Promise<void> {
    while (!isStopped) {
      const { done, value: source } = await iterator.next()
      if (done === true) return
      const result = await importOnce(source)
      await context.tidy()
      if (result.outcome === 'kept') kept.push({ source, result: { ...result, outcome: 'kept' } })
      else tell(source, result)
    }
  }

  async function importOnce(source: ImportSource): Promise<ImportResult> {
    const { name, key } = source
    return context.memory.has(key) ? { name, outcome: 'remembered' } : work(source)
  }

  function tell({ key }: ImportSource, result: ImportResult | undefined): void {
    if (!result) return
    counts[result.outcome] += 1
    if (isDone(result)) context.memory.add(key)
    if (result.outcome === 'failed' && result.code === 'credentials_refused') isStopped = true
    onResult?.(result)
  }
}

/** What failed, or is not known yet, is tried again by the next run. */
function isDone({ outcome }: ImportResult): boolean {
  return outcome === 'imported' || outcome === 'known' || outcome === 'skipped'
}
