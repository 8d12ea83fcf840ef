import { ImagesError } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'
import { findAllowed } from '../images/find-allowed.ts'
import type { Usage } from './store.ts'
import type { UploadsContext } from './uploads-context.ts'

/** A thing of the app that uses an image, such as the article 42 as its cover. */
export type Use = Pick<Usage, 'type' | 'thingId' | 'field'>

const MAX_LENGTH = 255

/** Notes that a thing uses an image that the principal may change. Twice is once. */
export async function addUsage(
  context: UploadsContext,
  principal: Principal,
  { imageId, ...use }: Use & { readonly imageId: string },
): Promise<void> {
  checkUse(use)
  await findAllowed(context, principal, { id: imageId, action: 'update' })
  await context.store.usages.add({ imageId, ...use, since: context.now() })
}

/** Notes that a thing uses an image no more. */
export async function removeUsage(
  context: UploadsContext,
  principal: Principal,
  { imageId, ...use }: Use & { readonly imageId: string },
): Promise<void> {
  checkUse(use)
  await findAllowed(context, principal, { id: imageId, action: 'update' })
  await context.store.usages.remove({ imageId, ...use })
}

function checkUse(use: Use): void {
  const wrong = (['type', 'thingId', 'field'] as const).find(
    (name) => use[name] === '' || use[name].length > MAX_LENGTH,
  )
  if (!wrong) return
  const message = `The ${wrong} of a usage needs 1 to ${MAX_LENGTH} characters.`
  throw new ImagesError('invalid_request', message, { field: wrong })
}
