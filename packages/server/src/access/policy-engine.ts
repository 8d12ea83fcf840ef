/** The port of access: everything that is decided about who may do what to an image goes through it. */
import type { Action } from '@lightfast/core'
import type { ImageRecord } from '../uploads/record.ts'
import type { Principal } from './principal.ts'

/** What a decision may rest on: columns that only the server sets. */
export type ImageFacts = Pick<ImageRecord, 'id' | 'ownerId' | 'tenantId' | 'privacy' | 'state'>

/** What whoever is let through has to heed. `watermark`: pictures come from the gateway only, with a mark on them. */
export type Obligation = 'watermark'

export type Decision =
  | {
      readonly allowed: true
      /** The id of the grant that allowed it. */
      readonly by: string
      readonly obligations: readonly Obligation[]
    }
  | {
      readonly allowed: false
      /** The wall that stopped it, or `no-grant`; `error` if no decision could be made. */
      readonly by: string
    }

/** One thing that must be true of a record. All are total: each is true or false of every record. */
export type Literal =
  | { readonly owner: string; readonly is: boolean }
  | { readonly tenant: string | null; readonly is: boolean }
  | { readonly privacy: 'private' | 'public' }
  | { readonly ready: boolean }

/** Records of which all of these are true; of none: every record. */
export type Clause = readonly Literal[]

/** The records of which at least one clause is true; of none: no record. A store lists by it. */
export type Scope = readonly Clause[]

/**
 * Decides. It promises:
 * - What is not allowed is denied, and so is what cannot be decided: neither method rejects.
 * - `scope` holds exactly those records for which `check` allows the action.
 */
export interface PolicyEngine {
  readonly check: (principal: Principal, action: Action, image: ImageFacts) => Promise<Decision>
  readonly scope: (principal: Principal, action: Action) => Promise<Scope>
}
