import { expect, test } from 'vitest'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import type { LeaseStore } from './store.ts'
import { withLease } from './with-lease.ts'

/** Leases whose answers come when they are let through, and a clock whose timers are rung by hand. */
function setUp() {
  const store = createMemoryStore({ now: () => 0 })
  const timers = new Set<() => void>()
  let gate: Promise<void> | undefined
  const leases: LeaseStore = {
    ...store.leases,
    async take(...asked) {
      const taken = await store.leases.take(...asked)
      await gate
      return taken
    },
  }
  return {
    context: { store: { ...store, leases }, randomId: () => 'me', schedule },
    leases: store.leases,
    timers,
    ring: () => timers.forEach((timer) => timer()),
    holdUp: (until: Promise<void>) => void (gate = until),
  }

  function schedule(run: () => void): () => void {
    const timer = (): void => {
      timers.delete(timer)
      run()
    }
    timers.add(timer)
    return () => timers.delete(timer)
  }
}

const settle = () => new Promise((resolve) => setImmediate(resolve))

test('a lease is free at once, and for good, when what it was for ends while it is being renewed', async () => {
  const { context, leases, timers, ring, holdUp } = setUp()
  const { promise: work, resolve: end } = Promise.withResolvers<void>()
  const { promise: answer, resolve: answerNow } = Promise.withResolvers<void>()
  const done = withLease(context, 'bytes:1', () => work)
  await settle()
  holdUp(answer)
  ring()
  end()
  await done
  answerNow()
  await settle()
  expect(timers.size).toBe(0)
  expect(await leases.take('bytes:1', 'you', 1000)).toBeUndefined()
})

test('a lease that is given to somebody else ends the work', async () => {
  const { context, leases, ring } = setUp()
  const { promise: lost, resolve: lose } = Promise.withResolvers<unknown>()
  const done = withLease(context, 'bytes:1', (signal) => {
    signal.addEventListener('abort', () => lose(signal.reason))
    return lost
  })
  await settle()
  await leases.giveBack('bytes:1', 'me')
  await leases.take('bytes:1', 'you', 1000)
  ring()
  expect(await done).toMatchObject({ code: 'upload_conflict' })
  expect(await leases.take('bytes:1', 'she', 1000)).toBe(1000)
})
