import { describe, expect, test } from 'vitest'
import * as v from 'valibot'
import { scenarios } from '../scenarios.ts'
import { createSharpPixels } from '../node/sharp-pixels.ts'
import { openAccount, svg } from '../test-support/account.ts'
import { decode, makePicture } from '../test-support/pictures.ts'
import type { EmulatorOptions } from '../options.ts'

function openControl(options: EmulatorOptions = {}) {
  const account = openAccount(options)
  const control = (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { 'Content-Type': 'application/json' },
  ): Promise<Response> => {
    const init =
      body === undefined ? { method, headers } : { method, headers, body: JSON.stringify(body) }
    return account.emulator.fetch(new Request(`http://localhost:8788/__lightfast${path}`, init))
  }
  const show = async (path: string): Promise<unknown> => (await control('GET', path)).json()
  return { ...account, control, show }
}

describe('faults', () => {
  const [one, two] = [
    { on: 'upload', effect: 'delay', ms: 1 },
    { on: 'list', effect: 'stall', times: 2 },
  ]

  test('are added and removed one by one', async () => {
    const { control, show } = openControl()
    await control('POST', '/faults', [one])
    await control('POST', '/faults', [two])
    await control('DELETE', '/faults', [one])
    expect(await show('/faults')).toEqual([{ ...two, remaining: 2 }])
  })

  test('by chance are refused by name where there is no seed', async () => {
    const { control } = openControl()
    const reply = await control('POST', '/faults', [{ ...one, chance: 0.5 }])
    expect(reply.status).toBe(400)
    expect(await reply.json()).toMatchObject({ field: '0.chance' })
  })
})

describe('scenarios', () => {
  const listSchema = v.array(v.object({ name: v.string(), on: v.boolean(), line: v.string() }))

  test('are listed with words, and turned on and off beside other faults', async () => {
    const { control, emulator } = openControl({ faults: scenarios.slow })
    const reply = await control('PUT', '/scenarios/february2025', { on: true })
    const on = v.parse(listSchema, await reply.json()).filter((one) => one.on)
    expect(on.map(({ name }) => name).toSorted()).toEqual(['february2025', 'slow'])
    await control('PUT', '/scenarios/slow', { on: false })
    expect(emulator.faults.list()).toHaveLength(scenarios.february2025.length)
  })

  test.each([
    ['nonsense', { on: true }, 404],
    ['toString', { on: true }, 404],
    ['slow', { on: 'yes' }, 400],
    ['slow', undefined, 400],
  ])('%s with %j is refused with %i', async (name, body, status) => {
    const { control, emulator } = openControl()
    expect((await control('PUT', `/scenarios/${name}`, body)).status).toBe(status)
    expect(emulator.faults.list()).toEqual([])
  })
})

test('requests are numbered, so that a page can ask for the new ones', async () => {
  const { get, show } = openControl()
  await get('/a/public')
  await get('/b/public')
  expect(await show('/requests?after=1')).toMatchObject([{ id: 2 }])
})

describe('images', () => {
  test('are shown with their state, drafts among the slots', async () => {
    const { slot, upload, emulator, show } = openControl()
    const [kept, late, bad] = [
      await slot({ requireSignedURLs: 'true' }),
      await slot(),
      await slot(),
    ]
    const open = await slot({ id: 'a/b' })
    await upload(kept.uploadURL, svg)
    emulator.faults.set(scenarios.verdictNever)
    await upload(late.uploadURL, svg)
    emulator.faults.set(scenarios.fileRefusedLater)
    await upload(bad.uploadURL, svg)
    expect(await show('/images')).toMatchObject([
      { id: kept.id, state: 'stored', filename: 'drawing.svg', isPrivate: true },
      { id: late.id, state: 'settling' },
      { id: bad.id, state: 'refused', reason: expect.stringContaining('9422') },
    ])
    expect(await show('/slots')).toMatchObject([
      { id: open.id, state: 'open', uploadURL: open.uploadURL },
    ])
    emulator.clock.jump(31 * 60_000)
    expect(await show('/slots')).toMatchObject([{ state: 'expired' }])
  })

  test('have thumbnails without a signature, disarmed, and not for other sites', async () => {
    const { slot, upload, control } = openControl()
    const { id, uploadURL } = await slot({ requireSignedURLs: 'true' })
    await upload(uploadURL, svg)
    const reply = await control('GET', `/images/${id}/thumbnail`)
    expect(reply.status).toBe(200)
    expect(reply.headers.get('Content-Security-Policy')).toContain('sandbox')
    expect(reply.headers.get('X-Content-Type-Options')).toBe('nosniff')
    expect(reply.headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin')
    expect((await control('GET', '/images/none/thumbnail')).status).toBe(404)
  })
})

test('a thumbnail is small where there is a picture library', async () => {
  const { slot, upload, control } = openControl({ pixels: createSharpPixels() })
  const { id, uploadURL } = await slot()
  await upload(uploadURL, await makePicture(1200, 600))
  const picture = await decode(await control('GET', `/images/${id}/thumbnail`))
  expect([picture.width, picture.height]).toEqual([320, 160])
})

test('the clock is shown, moved and set back', async () => {
  const { control, show, clock } = openControl()
  expect(await show('/clock')).toEqual({ now: clock.now, offsetMs: 0 })
  await control('POST', '/clock/jump', { ms: 5000 })
  expect(await show('/clock')).toEqual({ now: clock.now + 5000, offsetMs: 5000 })
  for (const ms of ['far', 1e300, 8.64e15, 0.5]) {
    expect((await control('POST', '/clock/jump', { ms })).status).toBe(400)
  }
  await control('POST', '/clock/reset', {})
  expect(await show('/clock')).toEqual({ now: clock.now, offsetMs: 0 })
})

test('the account is shown without a secret', async () => {
  const webhook = { url: 'https://app.example/hook', secret: 'hook-secret' }
  const { control } = openControl({
    webhook,
    apiTokens: [{ token: 'api-secret', access: 'write' }],
  })
  const text = await (await control('GET', '/account')).text()
  expect(JSON.parse(text)).toMatchObject({ keys: ['default'], webhookUrl: webhook.url })
  for (const secret of ['hook-secret', 'api-secret', 'local-images-signing-key']) {
    expect(text).not.toContain(secret)
  }
})

describe('webhooks', () => {
  test('show their log and send the test message', async () => {
    const webhook = { url: 'https://app.example/hook' }
    const { control } = openControl({ webhook, fetch: async () => new Response() })
    const reply = await control('POST', '/webhooks/test', {})
    expect(await reply.json()).toMatchObject([{ about: 'test', status: 200 }])
  })

  test('cannot be tested where there is no receiver', async () => {
    expect((await openControl().control('POST', '/webhooks/test', {})).status).toBe(409)
  })
})

/** An emulator that has a fault, an image, a log and another time. */
async function disturb() {
  const account = openControl({ faults: scenarios.slow, sleep: async () => {} })
  await account.upload((await account.slot()).uploadURL, svg)
  account.emulator.clock.jump(1000)
  return account
}

describe('a reset', () => {
  test('sets everything back', async () => {
    const { control, emulator, show } = await disturb()
    expect((await control('POST', '/reset', {})).status).toBe(200)
    expect([await show('/images'), await show('/requests'), await show('/faults')]).toEqual([
      [],
      [],
      [],
    ])
    expect(emulator.clock.offset()).toBe(0)
  })

  test('sets back only the parts it is told, and knows no others', async () => {
    const { control, emulator } = await disturb()
    await control('POST', '/reset', { parts: ['faults', 'clock'] })
    expect(emulator.faults.list()).toEqual([])
    expect(emulator.clock.offset()).toBe(0)
    expect(emulator.requests()).not.toEqual([])
    const reply = await control('POST', '/reset', { parts: ['world'] })
    expect(await reply.json()).toMatchObject({ field: 'parts.0' })
  })
})

test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
  'what a form of another page could send, %s, changes nothing',
  async (type) => {
    const { control, emulator } = openControl({ faults: scenarios.slow })
    const headers = { 'Content-Type': type }
    expect((await control('POST', '/reset', {}, headers)).status).toBe(415)
    expect((await control('PUT', '/faults', [], headers)).status).toBe(415)
    expect(emulator.faults.list()).not.toEqual([])
  },
)

test('what does not exist says so', async () => {
  expect((await openControl().control('GET', '/nothing')).status).toBe(404)
})
