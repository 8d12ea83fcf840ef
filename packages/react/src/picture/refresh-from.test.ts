import { expect, it } from 'vitest'
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

it.each([[undefined], [{ url: 7 }], [null]])('has none where the answer is %j', async (body) => {
  const { fetch } = createServer({ 'page-800': body })
  expect(
    await refreshFrom('https://app.test/api', { variant: 'page-800', fetch })(image),
  ).toBeNull()
})
