import * as v from 'valibot'
import { createEmulator } from '../emulator.ts'
import { localAccount } from '../options.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'

/** An emulated account with a clock that is moved by hand. */
export interface TestAccount {
  readonly emulator: Emulator
  readonly clock: { now: number }
  /** Calls the API below `/images` with the write token. */
  readonly api: (method: string, path: string, body?: FormData | Blob) => Promise<Response>
  /** Gets a one-time upload URL. */
  readonly slot: (fields?: Readonly<Record<string, string>>) => Promise<Slot>
  /** Sends a file to a one-time upload URL. */
  readonly upload: (uploadURL: string, file: Blob, field?: string) => Promise<Response>
  /** Gets `/<hash><path>` from the delivery host. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>
}

/** A one-time upload URL and the id of its image. */
export type Slot = v.InferOutput<typeof slotSchema>

/** What the API wraps its answers in. */
export type Envelope = v.InferOutput<typeof envelopeSchema>

/** Opens an account for one test. */
export function openAccount(options: EmulatorOptions = {}): TestAccount {
  const clock = { now: Date.parse('2026-11-22T10:00:00.000Z') }
  const emulator = createEmulator({ now: () => clock.now, ...options })
  const send = (url: string, init: RequestInit): Promise<Response> =>
    emulator.fetch(new Request(url, init))
  const api: TestAccount['api'] = (method, path, body) => {
    const headers = { Authorization: `Bearer ${localAccount.writeToken}` }
    return send(`${API}${path}`, { method, headers, body: body ?? null })
  }
  return {
    emulator,
    clock,
    api,
    async slot(fields = {}) {
      const { result } = await read(await api('POST', '/v2/direct_upload', toForm(fields)))
      return v.parse(slotSchema, result)
    },
    upload: (uploadURL, file, field = 'file') =>
      send(uploadURL, { method: 'POST', body: toForm({ [field]: file }) }),
    get: (path, headers = {}) => send(`${DELIVERY}${path}`, { headers }),
  }
}

/** A small drawing, which needs no picture library. */
export const svg: File = new File(
  ['<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"/>'],
  'drawing.svg',
  { type: 'image/svg+xml' },
)

/** Makes a multipart form. */
export function toForm(fields: Readonly<Record<string, string | Blob>>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  return form
}

/** Makes a JSON body. */
export const toJson = (value: unknown): Blob =>
  new Blob([JSON.stringify(value)], { type: 'application/json' })

/** Reads an envelope; the `null` of a refusal becomes an empty object. */
export const read = async (reply: Response): Promise<Envelope> =>
  v.parse(envelopeSchema, await reply.json())

/** Signs a path and query as Cloudflare's page on private images describes. */
export async function sign(path: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const secret = encode(localAccount.signingKey)
  const key = await crypto.subtle.importKey('raw', secret, algorithm, false, ['sign'])
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, encode(path)))
  return [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

const API = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images`
const DELIVERY = `https://imagedelivery.net/${localAccount.accountHash}`

const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const slotSchema = v.object({ id: v.string(), uploadURL: v.string() })

const envelopeSchema = v.strictObject({
  success: v.boolean(),
  errors: v.array(v.strictObject({ code: v.number(), message: v.string() })),
  messages: v.array(v.unknown()),
  result: v.pipe(
    v.nullable(v.record(v.string(), v.unknown())),
    v.transform((result) => result ?? {}),
  ),
})
