'use client'

import { useEffect, useRef } from 'react'
import type { FocusEvent } from 'react'
import { focusOn, ROW, TRIGGER } from './use-focus-keeper.ts'

export interface QueueFocus {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: () => void
}

/** Hands the keyboard to the first row, or to the trigger, when a button of the queue goes away under it. */
export function useQueueFocus(): QueueFocus {
  const root = useRef<Element | null>(null)
  useEffect(() => {
    if (root.current === null || document.activeElement !== document.body) return
    focusOn(root.current.querySelector(ROW) ?? root.current.querySelector(TRIGGER))
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
