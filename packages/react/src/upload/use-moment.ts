'use client'

import { useEffect, useState } from 'react'
import type { UploadItem, UploadState } from './upload-state.ts'

/**
 * Yields the time, and again as soon as what is said of it changes: `Try again at 14:32` must not outlive
 * it, and the last minute of a wait is counted down.
 */
export function useMoment(items: readonly UploadItem[], clock: () => number): number {
  const [moment, setMoment] = useState(clock)
  const next = nextChangeAt(items, moment)
  useEffect(() => {
    if (next === null) return undefined
    const ms = Math.min(Math.max(next - clock(), 0) + 1, LONGEST_MS)
    const timer = setTimeout(() => setMoment(clock()), ms)
    return () => clearTimeout(timer)
  }, [next, clock])
  return moment
}

/** The most that fits a browser's timer. */
const LONGEST_MS = 2 ** 31 - 1
const COUNTDOWN_MS = 60_000

function nextChangeAt(items: readonly UploadItem[], moment: number): number | null {
  const times = items.flatMap(({ state }) => changeAt(state, moment) ?? [])
  return times.length === 0 ? null : Math.min(...times)
}

function changeAt(state: UploadState, moment: number): number | null {
  if (!('retryAt' in state) || state.retryAt === null || state.retryAt <= moment) return null
  const { status, retryAt } = state
  if (status !== 'waiting') return retryAt
  const leftMs = retryAt - moment
  if (leftMs > COUNTDOWN_MS) return retryAt - COUNTDOWN_MS
  return retryAt - (Math.ceil(leftMs / 1000) - 1) * 1000
}
