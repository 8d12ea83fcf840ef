import { expect, it, vi } from 'vitest'
import { refreshFrom } from './refresh-from.ts'

const image = { id: 'a/b' }

function createServer(replies: Readonly<Record<string, unknown>>) {
  const asked: string[] = []
  const fetch = async ({ url }: Request): Promise<Response> => {
    asked.push(url)
    const body = replies[new URL(url).searchParams.get('variant') ?? '']
    return new Response(JSON.stringify(body ?? {}), { status: body ? 200 : 403 })
  }
  return { asked, fetch }
}

it('asks our server for the address of one variant', async () => {
  const { asked, fetch } = createServer({ 'page-800': { url: '/fresh', expiresAt: 5000 } })
  const refresh = refreshFrom('https://app.test/api/images/', { variant: 'page-800', fetch })
  expect(await refresh(image)).toEqual({ src: '/fresh', expiresAt: 5000 })
  expect(asked).toEqual(['https://app.test/api/images/a%2Fb/url?variant=page-800'])
})

it('has each width signed, and counts the one that ends first', async () => {
  const { fetch } = createServer({
    'page-400': { url: '/small', expiresAt: 4000 },
    'page-800': { url: '/large', expiresAt: 5000 },
  })
  const variants = [
    { id: 'page-400', width: 400 },
    { id: 'page-800', width: 800 },
    { id: 'page-1600', width: 1600 },
  ]
  expect(
    await refreshFrom('https://app.test/api', { variant: 'page-800', variants, fetch })(image),
  ).toEqual({
    src: '/large',
    srcSet: '/small 400w, /large 800w',
    expiresAt: 4000,
  })
})

it('asks for six at once at most, and gives each its whole time', async () => {
  const waiting: (() => void)[] = []
  let timers = 0
  const refresh = refreshFrom('https://app.test/api', {
    variant: 'page-800',
    timeout: () => ((timers += 1), new AbortController().signal),
    fetch: async () => {
      await new Promise<void>((resolve) => waiting.push(resolve))
      return Response.json({ url: '/fresh', expiresAt: 5000 })
    },
  })
  const found = Promise.all(Array.from({ length: 500 }, (_, at) => refresh({ id: String(at) })))
  let most = 0
  for (let answered = 0; answered < 500; answered += 1) {
    await vi.waitFor(() => expect(waiting).not.toEqual([]), { interval: 1 })
    most = Math.max(most, waiting.length)
    expect(timers - answered).toBeLessThanOrEqual(6)
    waiting.shift()?.()
  }
  expect((await found).every((fresh) => fresh?.src === '/fresh')).toBe(true)
  expect(most).toBe(6)
})

it('lets the next one go when one has failed', async () => {
  let asked = 0
  const refresh = refreshFrom('https://app.test/api', {
    variant: 'page-800',
    fetch: async () => {
      asked += 1
      throw new TypeError('Failed to fetch')
    },
  })
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => refresh(image)))
  expect([asked, all.filter(({ status }) => status === 'rejected').length]).toEqual([20, 20])
})

it.each([[undefined], [{ url: 7 }], [null]])('has none where the answer is %j', async (body) => {
  const { fetch } = createServer({ 'page-800': body })
  expect(
    await refreshFrom('https://app.test/api', { variant: 'page-800', fetch })(image),
  ).toBeNull()
})
