import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { scenarios } from '../scenarios.ts'
import { openAccount, svg } from '../test-support/account.ts'
import type { EmulatorOptions } from '../options.ts'

const text = new File(['not a picture'], 'notes.png')
const bodySchema = v.object({
  alert_correlation_id: v.optional(v.string()),
  data: v.optional(v.object({ id: v.string() })),
})

/** An account with a receiver that answers with these statuses, 200 when they are used up. */
function openWithReceiver(options: EmulatorOptions = {}, statuses: number[] = []) {
  const received: { request: Request; body: v.InferOutput<typeof bodySchema> }[] = []
  const waited: number[] = []
  const account = openAccount({
    webhook: { url: 'https://app.example/hook', secret: 's3cret' },
    sleep: async (ms) => void waited.push(ms),
    settings: { slowUpload: 'off' },
    fetch: async (request) => {
      received.push({ request, body: v.parse(bodySchema, await request.clone().json()) })
      const status = statuses.shift() ?? 200
      if (status === 0) throw new TypeError('fetch failed')
      return new Response(null, { status })
    },
    ...options,
  })
  const ids = (): readonly (string | undefined)[] => received.map(({ body }) => body.data?.id)
  return { ...account, received, waited, ids }
}

async function uploadOne(account: ReturnType<typeof openWithReceiver>, file = svg) {
  const { id, uploadURL } = await account.slot()
  await account.upload(uploadURL, file)
  await account.emulator.webhooks.idle()
  return id
}

test('tells of a direct upload in the documented envelope, with the secret verbatim', async () => {
  const account = openWithReceiver()
  const id = await uploadOne(account)
  const [{ request } = account.received[0] ?? { request: new Request('https://none.example') }] =
    account.received
  expect(request.url).toBe('https://app.example/hook')
  expect(request.method).toBe('POST')
  expect(request.headers.get('cf-webhook-auth')).toBe('s3cret')
  expect(await request.json()).toEqual({
    name: expect.any(String),
    text: `The direct upload of ${id} succeeded`,
    data: { id },
    ts: 1_795_341_600,
    account_id: '0123456789abcdef0123456789abcdef',
    policy_id: expect.any(String),
    policy_name: expect.any(String),
    alert_type: 'image_notification',
    alert_correlation_id: expect.any(String),
    alert_event: expect.any(String),
  })
})

describe('tells of a failure', () => {
  test('when a file is refused at once', async () => {
    const account = openWithReceiver()
    await uploadOne(account, text)
    expect(account.emulator.webhooks.list()).toMatchObject([{ about: 'failed', status: 200 }])
  })

  test('when a file is refused later', async () => {
    const account = openWithReceiver({ faults: scenarios.fileRefusedLater })
    await uploadOne(account)
    expect(account.emulator.webhooks.list()).toMatchObject([{ about: 'failed' }])
  })
})

describe('tells nothing', () => {
  test('of uploads by the API', async () => {
    const { api, received, emulator } = openWithReceiver()
    const form = new FormData()
    form.set('file', svg)
    expect((await api('POST', '/v1', form)).status).toBe(200)
    await emulator.webhooks.idle()
    expect(received).toEqual([])
  })

  test('of an image that never settles, and waits for one that does', async () => {
    const account = openWithReceiver({ faults: scenarios.verdictNever })
    await uploadOne(account)
    expect(account.received).toEqual([])
    account.emulator.faults.set([{ on: 'upload', effect: 'settle-later', ms: 7000 }])
    await uploadOne(account)
    expect(account.waited).toEqual([7000])
    expect(account.received).toHaveLength(1)
  })

  test('to nobody', async () => {
    const { slot, upload, emulator } = openAccount({ fetch: () => Promise.reject(new Error('no')) })
    expect((await upload((await slot()).uploadURL, svg)).status).toBe(200)
    await emulator.webhooks.idle()
    expect(emulator.webhooks.list()).toEqual([])
  })
})

test('makes no upload wait for a receiver that never answers', async () => {
  const account = openWithReceiver({ fetch: () => new Promise(() => {}) })
  const { uploadURL } = await account.slot()
  expect((await account.upload(uploadURL, svg)).status).toBe(200)
})

test('tries again after the waits it is given, until the receiver takes it', async () => {
  const webhook = { url: 'https://app.example/hook', retryDelaysMs: [1000, 5000, 9000] }
  const account = openWithReceiver({ webhook }, [503, 0])
  await uploadOne(account)
  expect(account.waited).toEqual([1000, 5000])
  const tries = account.emulator.webhooks.list()
  expect(tries.map(({ attempt, status }) => [attempt, status])).toEqual([
    [1, 503],
    [2, 0],
    [3, 200],
  ])
  expect(new Set(tries.map(({ correlationId }) => correlationId)).size).toBe(1)
})

describe('on demand', () => {
  test('loses a notification', async () => {
    const account = openWithReceiver({ faults: [{ on: 'webhook', effect: 'lose', times: 1 }] })
    await uploadOne(account)
    expect(account.received).toEqual([])
    expect(account.emulator.webhooks.list()).toMatchObject([{ status: 0, fault: 'lose' }])
    await uploadOne(account)
    expect(account.received).toHaveLength(1)
  })

  test('sends it more than once, with the same correlation', async () => {
    const account = openWithReceiver({
      faults: [{ on: 'webhook', effect: 'duplicate', copies: 2 }],
    })
    await uploadOne(account)
    const correlations = account.received.map(({ body }) => body.alert_correlation_id)
    expect(correlations).toHaveLength(3)
    expect(new Set(correlations).size).toBe(1)
  })

  test('sends it after the next one', async () => {
    const account = openWithReceiver({ faults: [{ on: 'webhook', effect: 'reorder', times: 1 }] })
    const first = await uploadOne(account)
    expect(account.ids()).toEqual([])
    const second = await uploadOne(account)
    expect(account.ids()).toEqual([second, first])
  })

  test('hinders one image only', async () => {
    const account = openWithReceiver()
    const { id, uploadURL } = await account.slot()
    account.emulator.faults.set([{ on: 'webhook', effect: 'lose', image: id }])
    await account.upload(uploadURL, svg)
    const other = await uploadOne(account)
    expect(account.ids()).toEqual([other])
  })
})

test('sends the test message, which has no data', async () => {
  const { emulator, received } = openWithReceiver()
  await emulator.webhooks.sendTest()
  const body: unknown = await received[0]?.request.json()
  expect(body).toEqual({ text: expect.stringMatching(/^Hello World! This is a test message/) })
  expect(emulator.webhooks.list()).toMatchObject([{ about: 'test', status: 200 }])
})

test('never writes the secret into its log', async () => {
  const account = openWithReceiver()
  await uploadOne(account)
  expect(JSON.stringify(account.emulator.webhooks.list())).not.toContain('s3cret')
})
