'use client'

import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { useLatest } from '../use-latest.ts'

/** Calls back when the form of a control is reset, by a person, a script or React after an action. */
export function useFormReset(
  control: RefObject<HTMLSelectElement | null>,
  onReset: () => void,
): void {
  const latest = useLatest(onReset)
  const [, setTurn] = useState(0)
  useEffect(() => {
    // On the document: whether the app has called it off is known only at the end of its way.
    function hear(event: Event): void {
      if (event.defaultPrevented || event.target !== control.current?.form) return
      latest.current()
      // The browser unselects what was selected by script; another render selects it again.
      setTurn((turn) => turn + 1)
    }
    document.addEventListener('reset', hear)
    return () => document.removeEventListener('reset', hear)
  }, [control, latest])
}
