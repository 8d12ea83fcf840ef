/** Cloudflare without a network: the emulator in the same process, and what a browser does there. */
import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'

export const { accountId, writeToken, accountHash, signingKey } = localAccount

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** One pixel. */
const png = Buffer.from(PNG, 'base64')

export const FILE_BYTES = png.length

/** What our server asks for with every slot. */
export const fields = {
  privacy: 'private',
  creator: 'ada',
  metadata: {
    imageId: '0a1b2c3d-0000-4000-8000-000000000001',
    attemptId: '0a1b2c3d-0000-4000-8000-000000000002',
  },
} as const

export const SLOT_MS = 30 * 60_000

/** Opens an account without limits, since no time passes between calls. */
export function openAccount(): Emulator {
  return createEmulator({ rateLimit: 'off' })
}

/** Fills a slot, as a browser does. */
export async function fillSlot({ fetch }: Emulator, url: string): Promise<void> {
  const form = new FormData()
  form.set('file', new File([png], 'red.png', { type: 'image/png' }))
  const { ok, status } = await fetch(new Request(url, { method: 'POST', body: form }))
  if (!ok) throw new Error(`The slot answered ${status}.`)
}
