/** The two calls of an upload on the first rung, sent to the emulator by hand. */
import type { Emulator } from '@lightfast/emulator'
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
    const emulator = openAccount()
    return { call: () => createSlot(emulator) }
  },
}

const confirm: Case = {
  rhythm: uploadRhythm,
  async prepare() {
    const emulator = openAccount()
    const filled = createPrepared(async () => {
      const { id, uploadURL } = await createSlot(emulator)
      await fillSlot(emulator, uploadURL)
      return id
    })
    return { prepareCalls: filled.fill, call: () => readDetails(emulator, filled.next()) }
  },
}

export const cases = { provision, confirm }

const api = `https://api.cloudflare.com/client/v4/accounts/${accountId}/images`
const headers = { authorization: `Bearer ${writeToken}` }

async function createSlot({ fetch }: Emulator): Promise<{ id: string; uploadURL: string }> {
  const body = new FormData()
  body.set('requireSignedURLs', 'true')
  body.set('creator', fields.creator)
  body.set('metadata', JSON.stringify(fields.metadata))
  body.set('expiry', new Date(Date.now() + SLOT_MS).toISOString())
  const request = new Request(`${api}/v2/direct_upload`, { method: 'POST', headers, body })
  return (await readResult(await fetch(request))).result
}

async function readDetails({ fetch }: Emulator, id: string): Promise<unknown> {
  const { result } = await readResult(await fetch(new Request(`${api}/v1/${id}`, { headers })))
  if (result.draft) throw new Error('The slot was not filled.')
  return result
}

async function readResult(response: Response) {
  if (!response.ok) throw new Error(`The emulator answered ${response.status}.`)
  return response.json()
}
