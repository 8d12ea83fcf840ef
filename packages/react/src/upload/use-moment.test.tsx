import { act, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { exampleItem, exampleStates } from './examples.ts'
import type { UploadItem } from './upload-state.ts'
import { useMoment } from './use-moment.ts'

beforeEach(() => void vi.useFakeTimers({ now: 1_000_000 }))
afterEach(() => void vi.useRealTimers())

const clock = (): number => Date.now()
const waiting = (retryAt: number): UploadItem[] => [
  exampleItem({ ...exampleStates.waiting, retryAt }),
]
const pass = (ms: number): void => act(() => void vi.advanceTimersByTime(ms))

it('counts down the last minute of a wait, second by second', () => {
  const { result } = renderHook(() => useMoment(waiting(1_002_500), clock))
  pass(501)
  expect(result.current).toBe(1_000_501)
  pass(1000)
  expect(result.current).toBe(1_001_501)
  pass(1000)
  expect(result.current).toBe(1_002_501)
  expect(vi.getTimerCount()).toBe(0)
})

it('leaves a clock time alone until the last minute', () => {
  const { result } = renderHook(() => useMoment(waiting(1_100_000), clock))
  pass(40_000)
  expect(result.current).toBe(1_000_000)
  pass(1)
  expect(result.current).toBe(1_040_001)
})

it('counts nothing down that a person is to start', () => {
  const failed = exampleItem({ ...exampleStates['not-uploaded'], retryAt: 1_005_000 })
  const { result } = renderHook(() => useMoment([failed], clock))
  pass(5000)
  expect(result.current).toBe(1_000_000)
  pass(1)
  expect(result.current).toBe(1_005_001)
})

it('looks at the clock for a wait that begins when it has not looked for long', () => {
  const { result, rerender } = renderHook(({ items }) => useMoment(items, clock), {
    initialProps: { items: [] as UploadItem[] },
  })
  pass(600_000)
  rerender({ items: waiting(1_608_000) })
  pass(1)
  expect(result.current).toBe(1_600_001)
})

it('has nothing to do for a clock that stands still', () => {
  renderHook(() => useMoment(waiting(1_008_000), () => 1_000_000))
  pass(100_000)
  expect(vi.getTimerCount()).toBe(0)
})
