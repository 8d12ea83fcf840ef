/** Everybody's face: the newest picture of the kind `avatar`, or letters. */
import {
  createAvatars,
  createDefaultPolicy,
  createDeliverySource,
  createMemoryRenditionCache,
} from '@lightfast/server'
import type { Avatars, Likeness } from '@lightfast/server'
import { createThumbhash } from '@lightfast/server/sharp'
import { nameOf } from './accounts.ts'
import type { GatewayParts } from './open-gateway.ts'
import { avatarVariant, likenessVariant } from './variants.ts'

type AvatarParts = Pick<GatewayParts, 'host' | 'store' | 'signingKey'>

/** Opens the avatars. Photos are marked for viewers; a face is not, so it has a policy of its own. */
export function openAvatars({ store, ...parts }: AvatarParts): Avatars {
  return createAvatars({
    store,
    policy: createDefaultPolicy(),
    source: openSource(parts, avatarVariant),
    cache: createMemoryRenditionCache(),
    nameOf,
  })
}

/** Opens what pages show of a photo until it is there. */
export function openLikeness(parts: Omit<AvatarParts, 'store'>): Likeness {
  return { source: openSource(parts, likenessVariant), toThumbhash: createThumbhash() }
}

function openSource({ host, signingKey }: Omit<AvatarParts, 'store'>, variant: string) {
  const { accountHash, deliveryOrigin } = host
  return createDeliverySource({
    accountHash,
    signingKey,
    variant,
    ...(deliveryOrigin !== undefined && { origin: deliveryOrigin }),
  })
}
