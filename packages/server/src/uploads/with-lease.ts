import { ImagesError } from '@lightfast/core'
import type { UploadsContext } from './uploads-context.ts'

const LEASE_MS = 60_000
const RENEW_MS = 20_000

/**
 * Does something that only one may do at a time, in all processes. The lease is renewed while it lasts, and free when the process is gone.
 * @throws ImagesError `upload_conflict` if somebody else is at it; it says when to try again.
 */
export async function withLease<Result>(
  context: Pick<UploadsContext, 'store' | 'randomId' | 'schedule'>,
  key: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const { leases } = context.store
  const owner = context.randomId()
  const leaving = new AbortController()
  const takenForMs = await leases.take(key, owner, LEASE_MS)
  if (takenForMs !== undefined) {
    const retryAfterMs = Math.min(takenForMs, 5000)
    throw new ImagesError('upload_conflict', 'Another request is at it.', { retryAfterMs })
  }
  let isOver = false
  let cancel = context.schedule(renew, RENEW_MS)
  try {
    return await work(leaving.signal)
  } finally {
    isOver = true
    cancel()
    await leases.giveBack(key, owner).catch(() => undefined)
  }

  /** One that was lost, or cannot be renewed, ends the work: somebody else may be at it. */
  function renew(): void {
    leases
      .take(key, owner, LEASE_MS)
      .then((lost) => (lost === undefined ? goOn() : giveUp()), giveUp)
  }
  /** The answer can come after the end, and the lease with it. Nobody would give that one back. */
  function goOn(): void {
    if (isOver) void leases.giveBack(key, owner).catch(() => undefined)
    else cancel = context.schedule(renew, RENEW_MS)
  }
  function giveUp(): void {
    leaving.abort(new ImagesError('upload_conflict', 'Another request has taken over.'))
  }
}
