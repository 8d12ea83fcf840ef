import { createEmulator, localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import type { CheckResult } from '../doctor/check.ts'
import type { Machine } from '../doctor/check-machine.ts'
import { runDoctor } from '../doctor/run-doctor.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'

export interface Examination {
  readonly emulator?: Emulator
  /** Over the variables of a healthy account; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** What takes the place of replies, by a piece of the path that is asked for. */
  readonly replies?: Readonly<Record<string, () => Response | Promise<Response>>>
  readonly surroundings?: Partial<Surroundings>
  readonly machine?: Partial<Machine>
  readonly variants?: readonly string[]
}

const healthy = {
  CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
  CLOUDFLARE_API_TOKEN: localAccount.writeToken,
  CLOUDFLARE_IMAGES_ACCOUNT_HASH: localAccount.accountHash,
}

/** Runs the doctor on an emulated account. A check that is not there fails the test that asks for it. */
export async function examine(given: Examination = {}) {
  const { emulator = createEmulator(), replies = {}, environment, variants = [] } = given
  const results = await runDoctor({
    environment: { ...healthy, ...environment },
    variants,
    machine: { nodeVersion: '24.1.0', hasSqlite: true, ...given.machine },
    surroundings: {
      ...defaultSurroundings,
      async fetch(request) {
        const scripted = Object.entries(replies).find(([path]) => request.url.includes(path))
        return scripted ? scripted[1]() : emulator.fetch(request)
      },
      ...given.surroundings,
    },
  })
  return {
    results,
    find: (name: string): CheckResult => {
      const found = results.find((result) => result.name === name)
      if (!found) throw new Error(`There is no check ${name}.`)
      return found
    },
  }
}

/** What the API wraps its answers in. */
export function succeed(result: unknown, headers: HeadersInit = {}): Response {
  return Response.json({ success: true, errors: [], messages: [], result }, { headers })
}

export function refuse(status: number, code: number): Response {
  const errors = [{ code, message: 'No.' }]
  return Response.json({ success: false, errors, messages: [], result: null }, { status })
}

/** Uploads a drawing, which needs no picture library, and gives its id. */
export async function upload(emulator: Emulator, privacy: 'private' | 'public'): Promise<string> {
  const form = new FormData()
  const drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'
  form.set('file', new File([drawing], 'a.svg', { type: 'image/svg+xml' }))
  form.set('requireSignedURLs', String(privacy === 'private'))
  const url = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v1`
  const headers = { authorization: `Bearer ${localAccount.writeToken}` }
  const reply = await emulator.fetch(new Request(url, { method: 'POST', headers, body: form }))
  const { result }: { result: { id: string } } = await reply.json()
  return result.id
}
