/** A process that shares circuits with others through one file. Its parent tells it what to do, and when. */
import { DatabaseSync } from 'node:sqlite'
import { ImagesError } from '@lightfast/core'
import { defaultBreakerConfig } from '../../resilience/breaker-config.ts'
import { openSqliteBreakerStore } from '../sqlite-breaker-store.ts'

export type Order =
  | {
      readonly type: 'probe'
      readonly owner: string
      readonly leaseMs: number
      /** All workers ask in the same millisecond, as far as they are awake. */
      readonly at: number
    }
  | { readonly type: 'report-for-ever' }
  | { readonly type: 'hang-in-transaction' }

export type Answer =
  | { readonly type: 'ready' }
  | { readonly type: 'inside' }
  | { readonly type: 'busy' }
  | { readonly type: 'asked'; readonly granted: boolean; readonly generation: number }

const path = process.argv[2] ?? ''
const store = await openSqliteBreakerStore({ path })
const rules = { ...defaultBreakerConfig, quorum: 2, orEverybody: true }

process.on('message', (order: Order) => void obey(order))
process.on('disconnect', () => process.exit())
answer({ type: 'ready' })

async function obey(order: Order): Promise<void> {
  if (order.type === 'probe') answer(await probe(order))
  else if (order.type === 'report-for-ever') await reportForEver()
  else hangInTransaction()
}

async function probe(order: Extract<Order, { type: 'probe' }>): Promise<Answer> {
  while (Date.now() < order.at);
  try {
    const { granted, generation } = await store.tryProbe('read', order)
    return { type: 'asked', granted, generation }
  } catch (error) {
    if (isLocked(error)) return { type: 'busy' }
    throw error
  }
}

/** The wait for the lock was too long. Any other kind of busy, such as a stale snapshot, would be a fault of ours. */
function isLocked(error: unknown): boolean {
  const cause = error instanceof ImagesError ? error.cause : undefined
  return cause instanceof Error && 'errcode' in cause && cause.errcode === 5
}

async function reportForEver(): Promise<never> {
  answer({ type: 'inside' })
  for (let at = 0; ; at += 1) {
    const seen = { calls: 1, failures: 0, slow: 0, trailingFailures: 0, random: 0 }
    await store.report(`circuit ${at % 7}`, { witness: 'w', generation: 0, ...seen }, rules)
  }
}

/** Holds the lock with a change half done, and never lets go. */
function hangInTransaction(): void {
  const database = new DatabaseSync(path)
  database.exec('begin immediate')
  database.exec(`update circuits set state = 'half done'`)
  answer({ type: 'inside' })
  setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 0)
}

function answer(message: Answer): void {
  process.send?.(message)
}
