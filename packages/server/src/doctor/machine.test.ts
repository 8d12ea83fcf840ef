import { createEmulator } from '@lightfast/emulator'
import { describe, expect, test } from 'vitest'
import { examine, succeed } from '../test-support/examine.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'

const judgeHost = async (host: string) => {
  const emulator = createEmulator()
  const environment = { CLOUDFLARE_BASE_URL: `http://${host}/client/v4/` }
  return (await examine({ emulator, environment })).find('environment').status
}

const answer = (reply: () => Response | Promise<Response>) =>
  examine({ replies: { 'tokens/verify': reply } })

const skewed = async (ms: number) => {
  const date = new Date(Date.now() - ms).toUTCString()
  const { find } = await examine({
    replies: { 'user/tokens/verify': () => succeed({ status: 'active' }, { date }) },
  })
  return find('clock')
}

const never = () => new Promise<never>(() => {})

describe('the environment', () => {
  test.each([
    ['CLOUDFLARE_ACCOUNT_ID', 'my-account', 'must be 32 hexadecimal digits'],
    ['CLOUDFLARE_ACCOUNT_ID', undefined, 'is not set'],
    ['CLOUDFLARE_API_TOKEN', '', 'is not set'],
    ['CLOUDFLARE_API_TOKEN', 'Bearer hidden', 'must be the token alone'],
    ['CLOUDFLARE_API_TOKEN', 'hidden\n', 'must be the token alone'],
    ['CLOUDFLARE_IMAGES_ACCOUNT_HASH', 'a/b', 'must be the hash'],
    ['CLOUDFLARE_BASE_URL', 'localhost:8788', 'must be a URL'],
    ['CLOUDFLARE_IMAGES_DELIVERY_URL', 'ftp://x', 'must be a URL'],
    ['CLOUDFLARE_IMAGES_DELIVERY_URL', 'https://pictures.example/?hidden', 'must be a URL'],
    ['CLOUDFLARE_BASE_URL', 'https://ada:hidden@api.example/client/v4', 'must be a URL'],
    ['CLOUDFLARE_BASE_URL', 'https://api.example/client/v4?hidden', 'must be a URL'],
    ['CLOUDFLARE_BASE_URL', 'https://api.example/client/v4#hidden', 'must be a URL'],
  ])('%s as %j is named, and never repeated', async (name, value, words) => {
    const { find, results } = await examine({ environment: { [name]: value } })
    expect(find('environment')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining(`${name} ${words}`),
      fix: expect.stringContaining('dashboard'),
    })
    if (value) expect(JSON.stringify(results)).not.toContain(JSON.stringify(value).slice(1, -1))
  })

  test('without an account nobody is asked', async () => {
    const emulator = createEmulator()
    const { find } = await examine({ emulator, environment: { CLOUDFLARE_ACCOUNT_ID: '' } })
    expect(emulator.requests()).toEqual([])
    expect(find('connection').status).toBe('skipped')
    expect(find('node').status).toBe('ok')
  })

  test('a token that would go out unencrypted is a warning, unless it stays on this machine', async () => {
    expect(await judgeHost('images.example')).toBe('warning')
    expect(await judgeHost('localhost.example')).toBe('warning')
    expect(await judgeHost('localhost:8788')).toBe('ok')
    expect(await judgeHost('127.0.0.1:8788')).toBe('ok')
    expect(await judgeHost('[::1]:8788')).toBe('ok')
  })

  test('the delivery URL may have the hash at its end, as the dashboard shows it', async () => {
    const url = 'https://imagedelivery.net/Loca1Emu1at0rAcc0unt_A/'
    const { find } = await examine({ environment: { CLOUDFLARE_IMAGES_DELIVERY_URL: url } })
    expect(find('environment').status).toBe('ok')
  })
})

describe('the connection', () => {
  test('whoever answers like the API is the API, be it with a refusal', async () => {
    expect((await examine()).find('connection').status).toBe('ok')
  })

  test.each([
    ['ECONNREFUSED', 'nothing listens there'],
    ['ENOTFOUND', 'its name is not known here'],
    ['CERT_HAS_EXPIRED', 'CERT_HAS_EXPIRED'],
  ])('%s is told, and everything that would ask is skipped', async (code, words) => {
    const cause = Object.assign(new Error(`https://hidden.example ${code}`), { code })
    const { results, find } = await answer(() =>
      Promise.reject(new TypeError('fetch failed', { cause })),
    )
    expect(find('connection')).toMatchObject({
      status: 'failed',
      finding: `api.cloudflare.com could not be asked: no connection: ${words}.`,
    })
    expect(find('token')).toMatchObject({ status: 'skipped', finding: 'There is no connection.' })
    expect(results.filter(({ status }) => status === 'failed')).toHaveLength(1)
    expect(JSON.stringify(results)).not.toContain('hidden')
  })

  test.each([
    [200, 'CLOUDFLARE_BASE_URL'],
    [404, 'CLOUDFLARE_BASE_URL'],
    [503, 'cloudflarestatus.com'],
    [429, 'Wait five minutes'],
  ])('a page with %d in place of an answer is no API', async (status, fix) => {
    const { find } = await answer(() => new Response('<h1>Log in</h1>', { status }))
    expect(find('connection')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining(`HTTP ${status}`),
      fix: expect.stringContaining(fix),
    })
  })
})

test('a reason that is no short word of the system is not shown', async () => {
  const cause = Object.assign(new Error('x'), { code: 'https://hidden.example' })
  const { find } = await answer(() => Promise.reject(new TypeError('fetch failed', { cause })))
  expect(find('connection').finding).toBe('api.cloudflare.com could not be asked: no connection.')
})

test('a reply without end is cut off', async () => {
  const body = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(500_000)) })
  const { find } = await answer(() => new Response(body))
  expect(find('connection').finding).toContain('an answer in an unknown form')
})

test('slashes at the end of the address do no harm', async () => {
  const environment = { CLOUDFLARE_BASE_URL: 'https://api.cloudflare.com/client/v4//' }
  const emulator = createEmulator()
  await examine({ emulator, environment })
  expect(emulator.requests().filter(({ path }) => path.includes('//'))).toEqual([])
})

test('a redirect is followed no more than by the client, so it is told as what it is', async () => {
  const asked: string[] = []
  const { find } = await examine({
    surroundings: {
      async fetch({ redirect }) {
        asked.push(redirect)
        return Response.redirect('https://elsewhere.example/', 301)
      },
    },
  })
  expect(asked).toEqual(['manual'])
  expect(find('connection')).toMatchObject({
    status: 'failed',
    finding: 'api.cloudflare.com answers HTTP 301, and not as the API does.',
  })
})

describe('the clock', () => {
  test.each([
    [0, 'ok', 'agree'],
    [-20_000, 'ok', 'agree'],
    [45_000, 'warning', 'seconds ahead'],
    [-45_000, 'warning', 'seconds behind'],
    [420_000, 'failed', '7 minutes ahead'],
  ])('%d ms off are %s', async (ms, status, words) => {
    expect(await skewed(ms)).toMatchObject({ status, finding: expect.stringContaining(words) })
  })

  test('without a Date header it is skipped', async () => {
    const { find } = await examine()
    expect(find('clock').status).toBe('skipped')
  })

  test('one that is an hour off spoils no other check', async () => {
    const emulator = createEmulator({ now: () => Date.now() + 3_600_000 })
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    const { find } = await examine({
      emulator,
      replies: { 'user/tokens/verify': () => succeed({ status: 'active' }, { date }) },
    })
    expect(find('clock')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('behind'),
    })
    expect(find('write-access').status).toBe('ok')
  })
})

describe('the machine', () => {
  test.each([
    ['22.13.0', 'ok'],
    ['24.1.0', 'ok'],
    ['22.12.9', 'failed'],
    ['20.19.0', 'failed'],
  ])('Node %s is %s', async (nodeVersion, status) => {
    expect((await examine({ machine: { nodeVersion } })).find('node').status).toBe(status)
  })

  test('node:sqlite is good to have', async () => {
    expect((await examine({ machine: { hasSqlite: false } })).find('sqlite').status).toBe('warning')
  })

  test.each([
    [undefined, 'skipped'],
    ['a'.repeat(31), 'failed'],
    ['a'.repeat(32), 'ok'],
  ])('the webhook secret %j is %s', async (secret, status) => {
    const { find } = await examine({ environment: { LIGHTFAST_WEBHOOK_SECRET: secret } })
    expect(find('webhook-secret').status).toBe(status)
  })
})

describe('a host that never answers', () => {
  test('is told after four seconds', async () => {
    const time = createVirtualTime()
    const asked = examine({ surroundings: { ...time, fetch: never } })
    await time.advance(4000)
    const { find } = await asked
    expect(find('connection')).toMatchObject({
      status: 'failed',
      finding: expect.stringContaining('no answer in time'),
    })
    expect(time.timers()).toBe(0)
  })

  test('takes twelve seconds in all, even if it hangs only at what comes later', async () => {
    const time = createVirtualTime()
    const replies = {
      'tokens/verify': () => succeed({ status: 'active' }),
      stats: () => succeed({ count: { current: 1, allowed: 10 } }),
      images: never,
      destinations: never,
    }
    let ended = false
    const asked = examine({ replies, surroundings: time }).finally(() => (ended = true))
    // Bodies are read by the system, which takes turns of its own.
    const pass = async (ms: number): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve))
      await time.advance(ms)
    }
    for (let second = 0; second < 11; second += 1) await pass(1000)
    expect(ended).toBe(false)
    for (let turn = 0; turn < 20; turn += 1) await pass(100)
    expect(ended).toBe(true)
    const { results } = await asked
    expect(results).toHaveLength(20)
    expect(results.at(-1)?.name).toBe('sqlite')
  })
})
