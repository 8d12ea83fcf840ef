/** What policies are asked: one principal, and images that stand to them in different ways, in turn. */
import type { ImageFacts } from '@lightfast/server'

export const ada = { id: 'ada', tenantId: 'lovelace', groups: ['image_viewer', 'staff'] }

const image: ImageFacts = {
  id: 'image',
  ownerId: 'ada',
  tenantId: 'lovelace',
  privacy: 'private',
  state: 'ready',
}

/** Whether she may view each is known: a policy that is wrong would look fast. */
export const images: readonly { readonly facts: ImageFacts; readonly allowed: boolean }[] = [
  { facts: image, allowed: true },
  { facts: { ...image, ownerId: 'bob' }, allowed: true },
  { facts: { ...image, ownerId: 'bob', state: 'delivered' }, allowed: false },
  { facts: { ...image, tenantId: 'babbage' }, allowed: false },
  { facts: { ...image, tenantId: null }, allowed: true },
]

/** Asks about them in turn. */
export function inTurn(ask: (at: number) => Promise<boolean>): () => Promise<void> {
  let turn = 0
  return async function askNext() {
    turn = (turn + 1) % images.length
    const allowed = await ask(turn)
    if (allowed !== images[turn]?.allowed) throw new Error(`Image ${turn}: answered ${allowed}.`)
  }
}
