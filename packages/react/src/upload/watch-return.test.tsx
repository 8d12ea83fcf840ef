import { afterEach, expect, it, vi } from 'vitest'
import { defaultSurroundings } from './surroundings.ts'

const look = (state: 'hidden' | 'visible'): void => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(state === 'hidden')
  document.dispatchEvent(new Event('visibilitychange'))
}

afterEach(() => void vi.restoreAllMocks())

it('tells when the page is looked at or online again, and not when it is left', () => {
  const { signal } = new AbortController()
  const returned = vi.fn<() => void>()
  defaultSurroundings.watchReturn(returned, signal)
  look('hidden')
  expect(returned).not.toHaveBeenCalled()
  look('visible')
  expect(returned).toHaveBeenCalledTimes(1)
  window.dispatchEvent(new Event('online'))
  expect(returned).toHaveBeenCalledTimes(2)
})

it('tells nothing more once its signal has aborted', () => {
  const controller = new AbortController()
  const returned = vi.fn<() => void>()
  defaultSurroundings.watchReturn(returned, controller.signal)
  controller.abort()
  look('visible')
  window.dispatchEvent(new Event('online'))
  expect(returned).not.toHaveBeenCalled()
})
