'use client'

import { useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'

/** Where the toasts stand: at the lower end, or wherever they do not cover what has the focus. */
export type Corner = 'end' | 'start' | 'top'

/**
 * Keeps the toasts off the thing that has the focus (WCAG 2.2, 2.4.11): they step aside when they would
 * cover it, and stay where they are otherwise.
 * @param count How many toasts there are; a new one may be the one that covers it.
 */
export function useClearOfFocus(
  count: number,
): readonly [viewport: RefObject<HTMLOListElement | null>, corner: Corner] {
  const viewport = useRef<HTMLOListElement | null>(null)
  const [corner, setCorner] = useState<Corner>('end')

  useEffect(() => {
    if (count === 0) return undefined
    const stepAside = () => {
      const { current } = viewport
      if (current && covers(current, document.activeElement)) setCorner(toOther(current))
    }
    stepAside()
    document.addEventListener('focusin', stepAside)
    return () => document.removeEventListener('focusin', stepAside)
  }, [count])

  return [viewport, corner]
}

/** On a narrow screen both lower corners are the same place. */
function toOther(viewport: Element): (corner: Corner) => Corner {
  const narrow = viewport.getBoundingClientRect().width > window.innerWidth * 0.8
  return (corner) => (corner === 'end' ? (narrow ? 'top' : 'start') : 'end')
}

function covers(viewport: Element, focused: Element | null): boolean {
  if (!focused || focused === document.body || viewport.contains(focused)) return false
  const [a, b] = [viewport.getBoundingClientRect(), focused.getBoundingClientRect()]
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
