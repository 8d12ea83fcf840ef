'use client'

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Gives the focus to the avatar when the button that had it goes away. Focus that sits anywhere else is never moved. */
export function useTriggerFocus(root: RefObject<HTMLElement | null>): {
  readonly onFocus: () => void
  readonly onBlur: () => void
} {
  const inside = useRef(false)
  useEffect(() => {
    if (!inside.current || document.activeElement !== document.body) return
    root.current?.querySelector<HTMLElement>('[data-slot="avatar-upload-trigger"]')?.focus()
  })
  return {
    onFocus: () => void (inside.current = true),
    // Not when the whole window loses it, as it does to a file picker; React reports no blur of what it removes.
    onBlur() {
      if (document.hasFocus()) inside.current = false
    },
  }
}
