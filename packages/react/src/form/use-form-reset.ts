'use client'

import { useState } from 'react'
import type { RefObject } from 'react'
import { useFormEvent } from './use-form-event.ts'

/** Calls back when the form of a control is reset, by a person, a script or React after an action. */
export function useFormReset(
  control: RefObject<HTMLSelectElement | null>,
  onReset: () => void,
): void {
  const [, setTurn] = useState(0)
  useFormEvent(control, 'reset', (event) => {
    if (event.defaultPrevented) return
    onReset()
    // The browser unselects what was selected by script; another render selects it again.
    setTurn((turn) => turn + 1)
  })
}
