import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator, EmulatorOptions } from '@lightfast/emulator'
import { createImagesClient } from '../client/create-images-client.ts'
import type { ImagesClientOptions } from '../client/create-client-core.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import type { ClientEvent, ClientEventType } from '../events.ts'
import { silent } from './silent.ts'

export interface TestAccount {
  readonly emulator: Emulator
  readonly client: ImagesClient
  /** Everything that was told. */
  readonly events: readonly ClientEvent[]
  /** Every request that was sent, as method and path; the account's part of the path is left out. */
  readonly sent: string[]
}

const eventTypes: readonly ClientEventType[] = [
  'attempted',
  'called',
  'retried',
  'retry-forgone',
  'refused',
  'circuit-changed',
  'gate-closed',
  'batch-unavailable',
]

/** Opens an emulated account with a client whose pauses are short. */
export function openAccount(
  options: Partial<ImagesClientOptions> = {},
  emulated: EmulatorOptions = {},
): TestAccount {
  const emulator = createEmulator(emulated)
  const events: ClientEvent[] = []
  const sent: string[] = []
  const fetch = options.fetch ?? ((request) => emulator.fetch(request))
  const client = createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    retry: { baseMs: 1, capMs: 1 },
    logger: silent,
    ...options,
    fetch(request) {
      sent.push(toLine(request))
      return fetch(request)
    },
  })
  for (const type of eventTypes) client.events.on(type, (event) => events.push(event))
  return { emulator, client, events, sent }
}

/** A picture as far as its first bytes tell, which is as far as the emulator looks without a picture library. */
export function makePicture(bytes = 64): Blob {
  const content = new Uint8Array(bytes)
  content.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return new Blob([content], { type: 'image/png' })
}

/** An answer in Cloudflare's envelope. */
export function answer(result: unknown, init?: ResponseInit): Response {
  return Response.json({ success: true, errors: [], messages: [], result }, init)
}

function toLine({ method, url }: Request): string {
  const { hostname, pathname } = new URL(url)
  const path = pathname.replace(/^.*\/images\//, '')
  return `${method} ${hostname.startsWith('batch') ? 'batch ' : ''}${path}`
}
