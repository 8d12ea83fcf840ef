import type { Literal, Scope } from '../../access/policy-engine.ts'
import type { ImageRecord } from '../../uploads/record.ts'

/** Asks whether a record is one of those that a scope holds. */
export function isInScope(record: ImageRecord, scope: Scope): boolean {
  return scope.some((clause) => clause.every((literal) => isTrueOf(record, literal)))
}

function isTrueOf({ ownerId, tenantId, privacy, state }: ImageRecord, literal: Literal): boolean {
  if ('owner' in literal) return (ownerId === literal.owner) === literal.is
  if ('tenant' in literal) return (tenantId === literal.tenant) === literal.is
  if ('privacy' in literal) return privacy === literal.privacy
  return (state === 'ready') === literal.ready
}
