import { act, renderHook } from '@testing-library/react'
import { StrictMode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { makePng } from '../test-support/make-uploader.ts'
import type { UploaderOptions } from './uploader-options.ts'
import { useImageUpload } from './use-image-upload.ts'

const clock = createManualClock()

const base: UploaderOptions = {
  endpoint: 'https://app.test/images',
  kind: 'photo',
  drafts: createMemoryDrafts(),
  fetch: () => Promise.reject(new TypeError('Failed to fetch')),
  surroundings: { now: clock.now, sleep: clock.sleep },
}

it('shows what happens to the files that are added, in StrictMode too', async () => {
  const { result } = renderHook(() => useImageUpload({ ...base, drafts: createMemoryDrafts() }), {
    wrapper: StrictMode,
  })
  act(() => void result.current.add([makePng()]))
  expect(result.current.items).toHaveLength(1)
  await act(() => clock.settle())
  expect(result.current.items[0]?.state).toMatchObject({
    status: 'not-uploaded',
    reason: 'server',
    draft: 'unavailable',
  })
})

it('keeps its control the same while nothing changes', async () => {
  const { result, rerender } = renderHook(() => useImageUpload(base))
  await act(() => clock.settle())
  const before = result.current
  rerender()
  expect(result.current).toBe(before)
})

it('tells whether the queue is paused', async () => {
  const { result } = renderHook(() => useImageUpload({ ...base, drafts: createMemoryDrafts() }))
  act(() => result.current.pause())
  act(() => void result.current.add([makePng()]))
  await act(() => clock.settle())
  expect([result.current.paused, result.current.items[0]?.state.status]).toEqual([true, 'queued'])
  act(() => result.current.resume())
  expect(result.current.paused).toBe(false)
  await act(() => clock.settle())
  expect(result.current.items[0]?.state.status).toBe('not-uploaded')
})

it('starts over for another person', async () => {
  const { result, rerender } = renderHook(
    ({ userKey }) => useImageUpload({ ...base, drafts: createMemoryDrafts(), userKey }),
    { initialProps: { userKey: 'ada' } },
  )
  act(() => void result.current.add([makePng()]))
  rerender({ userKey: 'bob' })
  expect(result.current.items).toEqual([])
  await act(() => clock.settle())
  expect(result.current.items).toEqual([])
})

it('stops what runs when it is unmounted', async () => {
  const fetch = vi.fn<() => Promise<Response>>(() => new Promise(() => undefined))
  const { result, unmount } = renderHook(() => useImageUpload({ ...base, fetch }))
  act(() => void result.current.add([makePng()]))
  unmount()
  await clock.settle()
  expect(fetch).not.toHaveBeenCalled()
})

function Count() {
  return (
    <p>{useImageUpload({ endpoint: '/images', kind: 'photo', userKey: 'ada' }).items.length}</p>
  )
}

it('renders an empty list on a server', () => {
  expect(renderToString(<Count />)).toBe('<p>0</p>')
})
