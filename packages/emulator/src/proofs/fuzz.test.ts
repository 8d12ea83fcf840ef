/** Proves by chance what no list of cases can: that nothing a client sends breaks the emulator or its word. */
import { connect } from 'node:net'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSharpPixels } from '../node/sharp-pixels.ts'
import { serve } from '../node/serve.ts'
import { localAccount } from '../options.ts'
import { arbitraryRequests, toRequest } from '../test-support/arbitrary-requests.ts'
import { openAccount, read, svg, toForm, toJson } from '../test-support/account.ts'
import { judgeReply } from '../test-support/judge-reply.ts'
import { makeAnimation, makePicture } from '../test-support/pictures.ts'
import type { TestAccount } from '../test-support/account.ts'
import type { Asked } from '../test-support/arbitrary-requests.ts'
import type { Surface } from '../test-support/judge-reply.ts'
import type { RunningEmulator } from '../node/serve.ts'

/** For all properties together. `FUZZ_SECONDS=600` gives them longer, `FUZZ_SEED` repeats a run. */
const BUDGET_MS = Number(process.env['FUZZ_SECONDS'] ?? 60) * 1000
const PROPERTIES = 8
const MAX_REPLY_MS = 5000

const budget = {
  numRuns: 10_000_000,
  interruptAfterTimeLimit: BUDGET_MS / PROPERTIES,
  markInterruptAsFailure: false,
  ...(process.env['FUZZ_SEED'] && { seed: Number(process.env['FUZZ_SEED']) }),
}
const timeout = BUDGET_MS / PROPERTIES + 30_000

const pictures: Uint8Array<ArrayBuffer>[] = []
const id = '00000000-0000-4000-8000-000000000001'
const ids = [id, 'users/ann', 'draft']

beforeAll(async () => {
  const files = [
    makePicture(24, 16, 'jpeg'),
    makePicture(24, 16),
    makePicture(24, 16, 'webp'),
    makeAnimation(8, 6),
    svg,
  ]
  for (const file of files) pictures.push(await (await file).bytes())
})

/** An account with a private picture, a drawing under a path, an open slot and flexible variants. */
async function open(): Promise<TestAccount & { readonly batchToken: string }> {
  const account = openAccount({
    rateLimit: 'off',
    pixels: createSharpPixels(),
    randomId: newId(),
    fetch: async () => new Response(pictures[1] ?? null),
  })
  const { api } = account
  await api('POST', '/v1', toForm({ file: new Blob([pictures[0] ?? '']), creator: 'ann' }))
  await api('POST', '/v1', toForm({ file: svg, id: 'users/ann', metadata: '{"a":1}' }))
  await api('POST', '/v2/direct_upload', toForm({ id: 'draft' }))
  await api('PATCH', '/v1/config', toJson({ flexible_variants: true }))
  const { result } = await read(await api('GET', '/v1/batch_token'))
  return { ...account, batchToken: String(result['token']) }
}

/** Ids that are the same in every run. */
function newId(): () => string {
  let count = 0
  return () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`
}

async function judge(account: TestAccount, asked: Asked): Promise<void> {
  const request = toRequest(asked, 'http://localhost:8788')
  const surface = surfaceOf(request)
  const start = performance.now()
  const reply = await account.emulator.fetch(request)
  expect(await judgeReply(reply, surface)).toBeUndefined()
  expect(performance.now() - start).toBeLessThan(MAX_REPLY_MS)
}

/** Dots in a path may lead to another host than was meant. */
function surfaceOf({ url, method }: Request): Surface {
  const [, first = '', second] = new URL(url).pathname.split('/')
  if (first === '__lightfast') return 'control'
  if (first === 'images' || (first === 'client' && second === 'v4')) return 'api'
  if (method === 'POST') return 'upload'
  return method === 'GET' ? 'delivery' : 'none'
}

describe('whatever is asked of', () => {
  test.each(['api', 'batch', 'upload', 'delivery', 'control'] as const)(
    'the %s host, its replies are well formed',
    async (host) => {
      const { batchToken } = await open()
      const asked = arbitraryRequests({ pictures, ids, batchToken })[host]
      const some = fc.array(asked, { minLength: 1, maxLength: 5 })
      await fc.assert(
        fc.asyncProperty(some, async (requests) => {
          const account = await open()
          for (const request of requests) await judge(account, request)
        }),
        budget,
      )
    },
    timeout,
  )
})

test(
  'all hosts in turn, the clock and resets among them, stay well formed',
  async () => {
    const { batchToken } = await open()
    const asked = arbitraryRequests({ pictures, ids, batchToken })
    const harmless = asked.control.filter(({ path }) => !/faults|scenarios/.test(path))
    const one = fc.oneof(asked.api, asked.batch, asked.upload, asked.delivery, harmless)
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 5, maxLength: 20 }), async (requests) => {
        const account = await open()
        for (const request of requests) await judge(account, request)
      }),
      budget,
    )
  },
  timeout,
)

type Step = readonly [
  what: 'upload' | 'slot' | 'fill' | 'private' | 'public' | 'meta' | 'delete' | 'list',
  which: number,
]

const step = fc.tuple(
  fc.constantFrom('upload', 'slot', 'fill', 'private', 'public', 'meta', 'delete', 'list'),
  fc.nat(20),
) as fc.Arbitrary<Step>

/** What the account should hold. */
interface Model {
  readonly stored: Map<string, boolean>
  readonly drafts: Map<string, string>
  readonly gone: Set<string>
}

test(
  'in any order of uploads, changes and deletes the lists, details, numbers and slots agree',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const account = openAccount({ rateLimit: 'off', randomId: newId() })
        const model: Model = { stored: new Map(), drafts: new Map(), gone: new Set() }
        for (const [what, which] of steps) await actions[what](account, model, which)
        await agree(account, model)
      }),
      budget,
    )
  },
  timeout,
)

const pick = <Value>(values: Iterable<Value>, which: number): Value | undefined => {
  const all = [...values]
  return all[which % all.length]
}

const actions: Readonly<
  Record<Step[0], (account: TestAccount, model: Model, which: number) => Promise<void>>
> = {
  async upload({ api }, { stored, gone }, which) {
    const custom = which > 10 ? { id: `own/${which}` } : {}
    const reply = await api('POST', '/v1', toForm({ file: svg, ...custom }))
    const { result } = await read(reply)
    const taken = custom.id !== undefined && stored.has(custom.id)
    expect(reply.status).toBe(taken ? 409 : 200)
    if (taken) return
    stored.set(String(result['id']), false)
    gone.delete(String(result['id']))
  },
  async slot({ slot }, { drafts }) {
    const { id, uploadURL } = await slot()
    drafts.set(id, uploadURL)
  },
  async fill({ upload }, { drafts, stored }, which) {
    const [id, url] = pick(drafts, which) ?? []
    if (id === undefined || url === undefined) return
    expect((await upload(url, svg)).status).toBe(200)
    expect((await upload(url, svg)).status).toBe(409)
    drafts.delete(id)
    stored.set(id, false)
  },
  private: (account, model, which) => setAccess(account, model, { which, isPrivate: true }),
  public: (account, model, which) => setAccess(account, model, { which, isPrivate: false }),
  async meta({ api }, { stored }, which) {
    const id = pick(stored.keys(), which)
    if (id === undefined) return
    const path = `/v1/${encodeURIComponent(id)}`
    const { result } = await read(await api('PATCH', path, toJson({ metadata: { which } })))
    expect(result).toMatchObject({ id, meta: { which } })
  },
  async delete({ api }, { stored, drafts, gone }, which) {
    const id = pick([...stored.keys(), ...drafts.keys()], which)
    if (id === undefined) return
    expect((await api('DELETE', `/v1/${encodeURIComponent(id)}`)).status).toBe(200)
    stored.delete(id)
    drafts.delete(id)
    gone.add(id)
  },
  list: agree,
}

/** A change of access gives the image a new id; one with an id of its own cannot be private. */
async function setAccess(
  { api }: TestAccount,
  { stored, gone }: Model,
  { which, isPrivate }: { readonly which: number; readonly isPrivate: boolean },
): Promise<void> {
  const [id, was] = pick(stored, which) ?? []
  if (id === undefined) return
  const change = toJson({ requireSignedURLs: isPrivate })
  const reply = await api('PATCH', `/v1/${encodeURIComponent(id)}`, change)
  const { result, success } = await read(reply)
  expect(success).toBe(!(isPrivate && id.startsWith('own/')))
  if (!success) return
  expect(result['id'] === id).toBe(was === isPrivate)
  stored.delete(id)
  stored.set(String(result['id']), isPrivate)
  if (result['id'] !== id) gone.add(id)
}

const pageSchema = v.object({
  images: v.array(v.object({ id: v.string() })),
  continuation_token: v.nullable(v.string()),
})

async function agree({ api }: TestAccount, { stored, drafts, gone }: Model): Promise<void> {
  const listed: string[] = []
  let token: string | null = null
  do {
    const next = token === null ? '' : `&continuation_token=${encodeURIComponent(token)}`
    const { result } = await read(await api('GET', `/v2?per_page=10${next}`))
    const page = v.parse(pageSchema, result)
    listed.push(...page.images.map(({ id }) => id))
    token = page.continuation_token
  } while (token !== null)
  expect(listed.toSorted()).toEqual([...stored.keys()].toSorted())
  const stats = await read(await api('GET', '/v1/stats'))
  expect(stats.result['count']).toMatchObject({ current: stored.size })
  for (const id of [...listed, ...drafts.keys()]) {
    expect((await api('GET', `/v1/${encodeURIComponent(id)}`)).status).toBe(200)
  }
  for (const id of gone) {
    expect((await api('GET', `/v1/${encodeURIComponent(id)}`)).status).toBe(404)
  }
}

describe('on a port', () => {
  let running: RunningEmulator
  beforeAll(async () => {
    running = await serve(openAccount({ rateLimit: 'off' }).emulator, { port: 0 })
  })
  afterAll(() => running.close())

  test(
    'bytes that are no HTTP, or nearly, leave it standing',
    async () => {
      const line = fc.tuple(
        fc.constantFrom('GET', 'POST', 'PUT', 'CONNECT', 'TRACE', 'HEAD', '\0', 'GÉT'),
        fc.oneof(
          fc.constantFrom(
            '/',
            '*',
            '/../../etc/passwd',
            '//evil.example/x',
            'http://[::1',
            '/%',
            '/\\',
          ),
          fc.constantFrom(
            '/__lightfast/faults',
            `/${localAccount.accountHash}/a/public`,
            '/images/v2',
          ),
          fc.string({ unit: 'binary-ascii', maxLength: 30 }),
        ),
        fc.array(
          fc.constantFrom(
            'Host: localhost',
            'Host: a b',
            'Host: ',
            'Content-Length: 5',
            'Content-Length: -1',
            'Transfer-Encoding: chunked',
            'Expect: 100-continue',
            'Upgrade: websocket',
            'Connection: upgrade',
            'Content-Type: multipart/form-data; boundary=x',
          ),
          { maxLength: 4 },
        ),
        fc.string({ maxLength: 40 }),
      )
      await fc.assert(
        fc.asyncProperty(line, async ([method, target, headers, rest]) => {
          const bytes = `${method} ${target} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${rest}`
          expect(await sendRaw(running.url, bytes)).not.toMatch(/^HTTP\/1.1 500/)
          const images = `${running.url}/client/v4/accounts/${localAccount.accountId}/images`
          const headersOf = { Authorization: `Bearer ${localAccount.readToken}` }
          expect((await fetch(`${images}/v1/keys`, { headers: headersOf })).status).toBe(200)
        }),
        budget,
      )
    },
    timeout,
  )
})

/** Sends bytes, says that no more will come, and resolves to the answer. */
function sendRaw(url: string, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.end(bytes))
    socket.setTimeout(500, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1')
      socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
  })
}
