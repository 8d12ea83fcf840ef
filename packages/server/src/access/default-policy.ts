import { createPolicy } from './create-policy.ts'
import type { Policy } from './create-policy.ts'
import { actions } from '@lightfast/core'
import type { Obligation } from './policy-engine.ts'
import type { Grant } from './read-grants.ts'
import { inGroup, owner, sameTenant } from './rules.ts'
import type { Tenants } from './walls.ts'

export interface DefaultPolicyOptions {
  /** Whose members view every image of their tenant. @default image_viewer */
  readonly viewerGroup?: string
  /** Whose members do everything to the images of their tenant. @default image_admin */
  readonly adminGroup?: string
  /** `none` is for apps that have no tenants: then both groups are of the whole app. @default walled */
  readonly tenants?: Tenants
  /** Whether others than the owner and admins see watermarked pictures only. @default none */
  readonly watermark?: 'viewers' | 'none'
}

/**
 * Makes the policy that most apps begin with. Owners do everything to their images; viewers, and members of the same tenant, only view
 * them; admins do everything within their tenant.
 * @throws TypeError if the two groups are one: every viewer could delete.
 */
export function createDefaultPolicy(options: DefaultPolicyOptions = {}): Policy {
  const { tenants = 'walled' } = options
  return createPolicy({ grants: listDefaultGrants(options), tenants })
}

/** Lists the grants of the default policy. */
export function listDefaultGrants({
  viewerGroup = 'image_viewer',
  adminGroup = 'image_admin',
  watermark = 'none',
}: DefaultPolicyOptions = {}): readonly Grant[] {
  if (viewerGroup === adminGroup) {
    throw new TypeError('Viewers and admins are two groups: give each a name of its own.')
  }
  const obligations = toObligations(watermark)
  return [
    { id: 'owner', when: owner(), actions },
    { id: 'admin', when: inGroup(adminGroup), actions },
    { id: 'viewer', when: inGroup(viewerGroup), actions: ['view'], obligations },
    { id: 'tenant', when: sameTenant(), actions: ['view'], obligations },
  ]
}

function toObligations(watermark: 'viewers' | 'none'): readonly Obligation[] {
  if (watermark === 'viewers') return ['watermark']
  if (watermark === 'none') return []
  throw new TypeError('The option watermark is "viewers" or "none".')
}
