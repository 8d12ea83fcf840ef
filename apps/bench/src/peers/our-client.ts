/** The two calls of an upload on the first rung, sent by our client. */
import type { Emulator } from '@lightfast/emulator'
import { createImagesClient } from '@lightfast/server'
import type { ImagesClient } from '@lightfast/server'
import type { Case } from '../timing/time-calls.ts'
import {
  accountId,
  fields,
  fillSlot,
  openAccount,
  SLOT_MS,
  writeToken,
} from './cloudflare-account.ts'
import { createPrepared } from './prepared.ts'
import { uploadRhythm } from './terms.ts'

const provision: Case = {
  rhythm: uploadRhythm,
  async prepare() {
    const client = createClient(openAccount())
    return { call: () => createSlot(client) }
  },
}

const confirm: Case = {
  rhythm: uploadRhythm,
  async prepare() {
    const emulator = openAccount()
    const client = createClient(emulator)
    const filled = createPrepared(async () => {
      const { id, uploadURL } = await createSlot(client)
      await fillSlot(emulator, uploadURL)
      return id
    })
    return { prepareCalls: filled.fill, call: () => client.images.get(filled.next()) }
  },
}

export const cases = { provision, confirm }

/** Over the API itself, as those who call it by hand. */
export function createClient({ fetch }: Emulator): ImagesClient {
  return createImagesClient({ accountId, apiToken: writeToken, batch: 'off', fetch })
}

function createSlot(client: ImagesClient) {
  return client.directUploads.create({ ...fields, expiresAt: Date.now() + SLOT_MS })
}
