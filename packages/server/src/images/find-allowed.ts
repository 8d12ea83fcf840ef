import { actions, ImagesError } from '@lightfast/core'
import type { Action } from '@lightfast/core'
import type { Decision, PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { ImagesStore } from '../uploads/store.ts'

/** What was found, and why it may be used. */
export interface Allowed {
  readonly record: ImageRecord
  readonly decision: Extract<Decision, { readonly allowed: true }>
}

export interface FindAllowed {
  readonly store: Pick<ImagesStore, 'records'>
  readonly policy: PolicyEngine
}

/**
 * Finds an image that a principal may do something to.
 * @throws ImagesError `not_found`, the same whether there is none or the principal may not see it; `forbidden` if it may see
 * it, and no more.
 */
export async function findAllowed(
  { store, policy }: FindAllowed,
  principal: Principal,
  { id, action }: { readonly id: string; readonly action: Action },
): Promise<Allowed> {
  const record = isId(id) ? await store.records.find(id) : undefined
  if (!record || record.state === 'deleted') throw toNotFound()
  const decision = await policy.check(principal, action, record)
  if (decision.allowed) return { record, decision }
  const isSeen = action !== 'view' && (await policy.check(principal, 'view', record)).allowed
  throw isSeen ? new ImagesError('forbidden', 'You may see this image, and no more.') : toNotFound()
}

/** Tells what a principal may do to an image. */
export async function findActions(
  policy: PolicyEngine,
  principal: Principal,
  record: ImageRecord,
): Promise<readonly Action[]> {
  const decisions = await Promise.all(
    actions.map((action) => policy.check(principal, action, record)),
  )
  return actions.filter((_, at) => decisions[at]?.allowed)
}

/** Ours are UUIDs. What is none never reaches a database, some of which would fail at the question. */
function isId(id: string): boolean {
  return /^[\w-]{1,64}$/.test(id)
}

function toNotFound(): ImagesError {
  return new ImagesError('not_found', 'There is no such image, or you may not see it.')
}
