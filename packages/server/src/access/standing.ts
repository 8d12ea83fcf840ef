import type { ImageFacts } from './policy-engine.ts'
import type { Principal } from './principal.ts'

/** A principal as rules see it: checked, and without a tenant that is not one. */
export interface Asker {
  readonly id: string
  readonly tenantId: string | null
  readonly groups: readonly string[]
}

/** How an image stands to an asker: all that a rule can see of it. */
export interface Standing {
  readonly owned: boolean
  /** `none`: the image is of no tenant, whichever the asker is of. */
  readonly tenant: 'same' | 'none' | 'other'
  readonly privacy: 'private' | 'public'
  readonly state: 'ready' | 'unfinished' | 'deleted'
}

/**
 * Reads who asks. A principal without an id is nobody, and an empty tenant is none.
 * @throws TypeError if it is no principal, so that a group list that is one long string is not searched for a group's name.
 */
export function toAsker({ id, tenantId = null, groups = [] }: Principal): Asker | undefined {
  const isPrincipal =
    typeof id === 'string' &&
    (tenantId === null || typeof tenantId === 'string') &&
    Array.isArray(groups)
  if (!isPrincipal) throw new TypeError('A principal has an id, a tenant or null, and groups.')
  return id === '' ? undefined : { id, tenantId: tenantId === '' ? null : tenantId, groups }
}

/** Looks at an image with the eyes of who asks. */
export function toStanding(asker: Asker, image: ImageFacts): Standing {
  return {
    owned: image.ownerId === asker.id,
    tenant: toTenant(asker, image),
    privacy: image.privacy === 'public' ? 'public' : 'private',
    state: toState(image),
  }
}

function toTenant({ tenantId }: Asker, image: ImageFacts): Standing['tenant'] {
  if (image.tenantId === null) return 'none'
  return image.tenantId === tenantId ? 'same' : 'other'
}

function toState({ state }: ImageFacts): Standing['state'] {
  return state === 'ready' || state === 'deleted' ? state : 'unfinished'
}
