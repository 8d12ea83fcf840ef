import { all, any, not, owner, sameTenant } from './rules.ts'
import type { Rule } from './rules.ts'

/** What must be true before any grant is asked. No grant overrides it. */
export interface Wall {
  readonly id: string
  readonly when: Rule
}

/** `walled`: no image is seen from another tenant. `none`: the app has no tenants. */
export type Tenants = 'walled' | 'none'

/**
 * Lists the walls of a policy, in the order in which they are met.
 * @throws TypeError for a word that is neither, so that a slip of the pen takes no wall away.
 */
export function toWalls(tenants: Tenants): readonly Wall[] {
  if (tenants === 'walled') return [deleted, tenant, unfinished]
  if (tenants === 'none') return [deleted, unfinished]
  throw new TypeError('The option tenants is "walled" or "none".')
}

/** A deleted image is nobody's. */
const deleted: Wall = { id: 'deleted', when: not({ type: 'deleted' }) }

/** Null equals nothing: an image of no tenant is its owner's alone. */
const tenant: Wall = { id: 'tenant', when: any(sameTenant(), all(owner(), { type: 'no-tenant' })) }

/** Until an image is ready nobody but its owner knows of it. */
const unfinished: Wall = { id: 'unfinished', when: any({ type: 'ready' }, owner()) }
