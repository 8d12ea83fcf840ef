import type { ImageList } from '@lightfast/core'
import { act, cleanup, renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { makeImage } from '../testing/make-image.ts'
import { useImages } from './use-images.ts'
import type { UseImagesOptions } from './use-images.ts'

afterEach(cleanup)

interface Asked {
  readonly url: string
  readonly signal: AbortSignal
  readonly answer: (body: unknown, status?: number) => Promise<void>
}

/** A server that answers when it is told to. */
function createServer() {
  const asked: Asked[] = []
  const fetch = ({ url, signal }: Request): Promise<Response> =>
    new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason))
      const answer = (body: unknown, status = 200) =>
        act(async () => resolve(new Response(JSON.stringify(body), { status })))
      asked.push({ url, signal, answer })
    })
  return { asked, fetch }
}

const page = (ids: readonly string[], nextCursor: string | null = null): ImageList => ({
  images: ids.map((id) => makeImage('ready', { id })),
  nextCursor,
})

const problemOf = (code: string) => ({
  status: 500,
  title: code,
  detail: 'A test.',
  code,
  stage: 'provision',
  retry: 'later',
  requestId: 'r',
})

function mount(options: Partial<UseImagesOptions> = {}, wrapper?: typeof StrictMode) {
  const server = createServer()
  const hook = renderHook(
    (changes: Partial<UseImagesOptions>) =>
      useImages({
        endpoint: 'https://app.test/api/images',
        variant: 'gallery-480',
        fetch: server.fetch,
        ...changes,
      }),
    { initialProps: options, ...(wrapper && { wrapper }) },
  )
  const show = () => {
    const { status, images } = hook.result.current.state
    return [status, ...images.map(({ id }) => id)]
  }
  return { ...server, ...hook, show }
}

it('gets a first page, and the next when it is wanted', async () => {
  const { asked, result, show } = mount({ kind: 'photo', owner: 'me', limit: 2 })
  expect(show()).toEqual(['loading'])
  await asked[0]?.answer(page(['a', 'b'], 'a b+c'))
  expect(show()).toEqual(['ready', 'a', 'b'])
  act(() => result.current.more())
  act(() => result.current.more())
  expect(show()).toEqual(['loading-more', 'a', 'b'])
  await asked[1]?.answer(page(['c']))
  expect(show()).toEqual(['ready', 'a', 'b', 'c'])
  const filter = 'variant=gallery-480&kind=photo&owner=me&limit=2'
  expect(asked.map(({ url }) => url)).toEqual([
    `https://app.test/api/images?${filter}`,
    `https://app.test/api/images?${filter}&cursor=a+b%2Bc`,
  ])
})

it.each([
  ['a problem', problemOf('unauthenticated'), 401, 'unauthenticated'],
  ['the page of a proxy', 'Bad gateway', 502, 'server_failed'],
  ['a code of a later server', problemOf('never_heard_of'), 500, 'server_failed'],
  ['a list of something else', { images: [{ id: 1 }], nextCursor: null }, 200, 'server_failed'],
  ['no list', null, 200, 'server_failed'],
])('tells of %s, and tries again when told to', async (_, body, status, code) => {
  const { asked, result, show } = mount()
  await asked[0]?.answer(body, status)
  expect(result.current.state).toMatchObject({ status: 'failed', failure: { code } })
  act(() => result.current.retry())
  await asked[1]?.answer(page(['a']))
  expect(show()).toEqual(['ready', 'a'])
})

it('keeps what is there when the next page does not come', async () => {
  const { asked, result, show } = mount()
  await asked[0]?.answer(page(['a'], 'two'))
  act(() => result.current.more())
  await asked[1]?.answer(problemOf('store_unavailable'), 503)
  expect(show()).toEqual(['more-failed', 'a'])
  act(() => result.current.retry())
  await asked[2]?.answer(page(['b']))
  expect(show()).toEqual(['ready', 'a', 'b'])
})

it('takes in what the app knows, and gets the list anew', async () => {
  const { asked, result, show } = mount()
  await asked[0]?.answer(page(['a', 'b']))
  act(() => result.current.put(makeImage('ready', { id: 'new' })))
  act(() => result.current.drop('b'))
  expect(show()).toEqual(['ready', 'new', 'a'])
  act(() => result.current.reload())
  expect(show()).toEqual(['loading', 'new', 'a'])
  await asked[1]?.answer(page(['new']))
  expect(show()).toEqual(['ready', 'new'])
})

it('ends what is on its way when it leaves, and when the filter changes', async () => {
  const { asked, rerender, unmount, show } = mount({ userKey: 'ada' })
  await asked[0]?.answer(page(['a']))
  rerender({ userKey: 'grace' })
  expect(show()).toEqual(['loading'])
  rerender({ userKey: 'grace', kind: 'scan' })
  unmount()
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true])
})

it('asks once for a page in StrictMode, beside the one that is thrown away', async () => {
  const { asked, show } = mount({}, StrictMode)
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false])
  await asked[1]?.answer(page(['a']))
  expect(show()).toEqual(['ready', 'a'])
})
