'use client'

import { useEffect } from 'react'
import type { RefObject } from 'react'
import { useLatest } from '../use-latest.ts'

/** Calls back when the form of a control is reset or sent, and after what the app itself does then. */
export function useFormEvent(
  control: RefObject<HTMLSelectElement | null>,
  type: 'reset' | 'submit',
  onEvent: (event: Event) => void,
): void {
  const latest = useLatest(onEvent)
  useEffect(() => {
    // On the document: only at the end of its way is it known whether the app has called it off.
    function hear(event: Event): void {
      if (event.target === control.current?.form) latest.current(event)
    }
    document.addEventListener(type, hear)
    return () => document.removeEventListener(type, hear)
  }, [control, type, latest])
}
