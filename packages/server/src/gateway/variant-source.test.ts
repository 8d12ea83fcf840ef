import { describe, expect, test } from 'vitest'
import { importSigningKey } from '../delivery/signing-key.ts'
import { makeGif } from '../test-support/open-gateway.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { NOON, sampleRecord } from '../testing/store-samples.ts'
import { openSource } from './picture-source.ts'
import { createVariantSource } from './variant-source.ts'
import type { VariantSourceOptions } from './variant-source.ts'

const cloudflareId = crypto.randomUUID()
const record = sampleRecord({ state: 'ready', cloudflareId })
const signal = () => new AbortController().signal
const limits = () => ({ maxBytes: 1000, signal: signal() })

describe('the source', () => {
  test('asks for a signed URL of its variant, on its host, that ends soon', async () => {
    const asked: Request[] = []
    const source = await open({
      async fetch(request) {
        asked.push(request)
        return new Response(makeGif('hosted'))
      },
    })
    expect((await openSource(source, record, limits())).bytes).toEqual(makeGif('hosted'))
    const url = new URL(asked[0]?.url ?? '')
    expect(url.origin + url.pathname).toBe(`https://pictures.example/h4sh/${cloudflareId}/gateway`)
    expect(Number(url.searchParams.get('exp')) * 1000 - NOON).toBeLessThanOrEqual(600_000)
    expect(url.searchParams.get('sig')).toMatch(/^[\da-f]{64}$/)
    expect(asked[0]?.redirect).toBe('manual')
    expect(asked[0]?.headers.get('accept')).not.toContain('avif')
  })

  test('asks for a public image without a signature, whatever its id', async () => {
    const asked: string[] = []
    const source = await open({
      async fetch({ url }) {
        asked.push(url)
        return new Response(makeGif('hosted'))
      },
    })
    await source({ ...record, cloudflareId: 'of/our own', privacy: 'public' }, signal())
    expect(asked).toEqual(['https://pictures.example/h4sh/of/our%20own/gateway'])
  })

  test.each([
    [301, 'host_reply_invalid'],
    [302, 'host_reply_invalid'],
    [204, 'host_reply_invalid'],
    [401, 'credentials_refused'],
    [403, 'credentials_refused'],
    [404, 'host_refused'],
    [429, 'rate_limited'],
    [500, 'host_unavailable'],
    [503, 'host_unavailable'],
  ])('tells what %i means: %s', async (status, code) => {
    const headers = { 'retry-after': '7', location: 'http://169.254.169.254/' }
    const source = await open({
      fetch: async () => new Response(status === 204 ? null : 'sig=secret', { status, headers }),
    })
    const error: unknown = await source(record, signal()).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code, status, retryAfterMs: 7000 })
    expect(JSON.stringify(error)).not.toMatch(/secret|sig=|169/)
  })

  test('tells that the host cannot be reached', async () => {
    const source = await open({ fetch: () => Promise.reject(new TypeError('fetch failed')) })
    await expect(source(record, signal())).rejects.toMatchObject({ code: 'host_unreachable' })
  })

  test('waits no longer than its deadline, and lets the host go then', async () => {
    const time = createVirtualTime()
    const asked: Request[] = []
    const source = await open({
      schedule: time.schedule,
      deadlineMs: 500,
      fetch(request) {
        asked.push(request)
        return new Promise(() => undefined)
      },
    })
    const told = expect(source(record, signal())).rejects.toMatchObject({ code: 'host_timed_out' })
    while (asked.length === 0) await new Promise((resolve) => setTimeout(resolve))
    await time.advance(500)
    await told
    expect(asked[0]?.signal.aborted).toBe(true)
    expect(time.timers()).toBe(0)
  })

  test('lets the host go when nobody waits any more', async () => {
    const leaving = new AbortController()
    const asked: Request[] = []
    const source = await open({
      fetch(request) {
        asked.push(request)
        leaving.abort(new Error('They left.'))
        return new Promise(() => undefined)
      },
    })
    await expect(source(record, leaving.signal)).rejects.toThrow('They left.')
    expect(asked[0]?.signal.aborted).toBe(true)
  })

  test('is read no further than it may be, however long it goes on', async () => {
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1
        controller.enqueue(new Uint8Array(400))
      },
    })
    const source = await open({ fetch: async () => new Response(endless) })
    await expect(openSource(source, record, limits())).rejects.toMatchObject({
      code: 'host_reply_invalid',
    })
    expect(sent).toBeLessThan(8)
  })

  test.each([{ variant: 'w=9999' }, { variant: '../x' }, { accountHash: '' }, { deadlineMs: 0 }])(
    'cannot be made with %o',
    async (options) => {
      await expect(open(options)).rejects.toThrow()
    },
  )
})

async function open(options: Partial<VariantSourceOptions>) {
  return createVariantSource({
    accountHash: 'h4sh',
    signingKey: await importSigningKey('key'),
    variant: 'gateway',
    origin: 'https://pictures.example',
    now: () => NOON,
    ...options,
  })
}
