import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defaultSurroundings } from './surroundings.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('sleeps as long as asked', async () => {
  const woken = vi.fn<() => void>()
  void defaultSurroundings.sleep(1000, new AbortController().signal).then(woken)
  await vi.advanceTimersByTimeAsync(999)
  expect(woken).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(1)
  expect(woken).toHaveBeenCalledOnce()
})

it('stops sleeping when its signal aborts, and leaves no timer behind', async () => {
  const controller = new AbortController()
  const sleep = defaultSurroundings.sleep(1000, controller.signal)
  controller.abort(new Error('left'))
  await expect(sleep).rejects.toThrow('left')
  expect(vi.getTimerCount()).toBe(0)
})

it('does not fall asleep when its signal has aborted before', async () => {
  const sleep = defaultSurroundings.sleep(1000, AbortSignal.abort(new Error('left')))
  await expect(sleep).rejects.toThrow('left')
  expect(vi.getTimerCount()).toBe(0)
})

it('has nobody who could come back where there is no page', () => {
  const heard = vi.fn<() => void>()
  defaultSurroundings.watchReturn(heard, new AbortController().signal)
  expect(heard).not.toHaveBeenCalled()
})
