'use client'

import { useEffect, useRef } from 'react'

export interface FocusBeyond {
  readonly onFocus: () => void
  readonly onBlur: () => void
}

/** Brings the keyboard to the upload area when the tray it was in has emptied and is gone. */
export function useFocusBeyond(count: number): FocusBeyond {
  const inside = useRef(false)
  useEffect(() => {
    if (count > 0 || !inside.current) return
    inside.current = false
    document.querySelector<HTMLElement>(TRIGGER)?.focus()
  }, [count])
  return {
    onFocus() {
      inside.current = true
    },
    // Not when the whole window loses it; React reports no blur of what it removes.
    onBlur() {
      if (document.hasFocus()) inside.current = false
    },
  }
}

const TRIGGER = '[data-slot="image-upload-root"] [data-slot="image-upload-trigger"]'
