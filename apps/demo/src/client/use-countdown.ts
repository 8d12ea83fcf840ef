import { useEffect, useState } from 'react'
import type { Row } from './status-rows.ts'

/** Yields the time, and again whenever one of the countdowns shows another second. Never before `at`. */
export function useCountdown(rows: readonly Row[], at: number): number {
  const [tick, setTick] = useState(at)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const wind = (): void => {
      const next = untilNextSecond(rows, performance.now())
      if (next !== null) timer = setTimeout(strike, next)
    }
    const strike = (): void => {
      setTick(performance.now())
      wind()
    }
    wind()
    return () => clearTimeout(timer)
  }, [rows])
  return Math.max(tick, at)
}

function untilNextSecond(rows: readonly Row[], now: number): number | null {
  const left = rows.flatMap(({ wait }) => (wait && wait.until > now ? [wait.until - now] : []))
  return left.length === 0 ? null : Math.min(...left.map((ms) => ms % 1000)) + 1
}
