import type { Emulation } from './emulation.ts'

/** The parts of an emulator that can be set back, each alone. */
export const resettable = ['images', 'account', 'faults', 'requests', 'clock', 'webhooks'] as const

/** Names a part. */
export type ResettablePart = (typeof resettable)[number]

/** Sets parts back to what they were at the start: no images, no faults, empty logs, the true time. */
export async function reset(emulation: Emulation, parts: readonly ResettablePart[]): Promise<void> {
  for (const part of parts) await resetPart[part](emulation)
}

const resetPart: Readonly<Record<ResettablePart, (emulation: Emulation) => void | Promise<void>>> =
  {
    images: removeImages,
    account: ({ account }) => account.reset(),
    faults: ({ faults }) => faults.clear(),
    requests: ({ requests }) => requests.clear(),
    clock: ({ clock }) => clock.reset(),
    webhooks: ({ webhooks }) => webhooks.reset(),
  }

async function removeImages({ store }: Emulation): Promise<void> {
  for (const { facts } of await store.list()) await store.delete(facts.id)
}
