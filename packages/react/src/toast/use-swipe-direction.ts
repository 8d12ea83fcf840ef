'use client'

import { useSyncExternalStore } from 'react'
import type { RefObject } from 'react'
import type { Corner } from './use-clear-of-focus.ts'

/** Yields the way to the nearer edge, where a toast is swiped away: which edge is the end depends on the reading direction. */
export function useSwipeDirection(
  viewport: RefObject<HTMLElement | null>,
  corner: Corner,
): 'left' | 'right' {
  const direction = useSyncExternalStore(
    watchNothing,
    () => directionOf(viewport.current),
    () => 'ltr',
  )
  return (corner === 'start') === (direction === 'rtl') ? 'right' : 'left'
}

const directionOf = (element: Element | null): string =>
  element === null ? 'ltr' : getComputedStyle(element).direction

/** Nobody turns a page around while a toast is open. */
const watchNothing = () => () => undefined
