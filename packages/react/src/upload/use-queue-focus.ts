'use client'

import { useEffect, useRef } from 'react'
import type { FocusEvent } from 'react'

export interface QueueFocus {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: () => void
}

/** Hands the keyboard to the first row, or to the trigger, when a button of the queue goes away under it. */
export function useQueueFocus(): QueueFocus {
  const root = useRef<Element | null>(null)
  useEffect(() => {
    if (root.current === null || document.activeElement !== document.body) return
    const next = root.current.querySelector<HTMLElement>(ROW) ?? root.current.querySelector(TRIGGER)
    if (next instanceof HTMLElement) next.focus()
    root.current = null
  })
  return {
    onFocus({ target }) {
      root.current = target.closest(ROOT)
    },
    onBlur() {
      if (document.hasFocus()) root.current = null
    },
  }
}

const ROOT = '[data-slot="image-upload-root"]'
const ROW = '[data-slot="image-upload-item"]'
const TRIGGER = '[data-slot="image-upload-trigger"]'
