'use client'

import { useEffect, useState } from 'react'
import type { UploadItem } from './upload-state.ts'

/** Yields the time, and again as soon as the next retry time has passed: `Try again at 14:32` must not outlive it. */
export function useMoment(items: readonly UploadItem[], clock: () => number): number {
  const [moment, setMoment] = useState(clock)
  const next = nextRetryAt(items, moment)
  useEffect(() => {
    if (next === null) return undefined
    const timer = setTimeout(() => setMoment(clock()), Math.min(next - clock() + 1, LONGEST_MS))
    return () => clearTimeout(timer)
  }, [next, clock])
  return moment
}

/** The most that fits a browser's timer. */
const LONGEST_MS = 2 ** 31 - 1

function nextRetryAt(items: readonly UploadItem[], moment: number): number | null {
  const times = items.flatMap(({ state }) =>
    'retryAt' in state && state.retryAt !== null && state.retryAt > moment ? [state.retryAt] : [],
  )
  return times.length === 0 ? null : Math.min(...times)
}
