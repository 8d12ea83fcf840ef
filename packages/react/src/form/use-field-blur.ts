'use client'

import { useEffect } from 'react'
import type { RefObject } from 'react'

/** Tells the control that the keyboard has left its field, because the control is what form libraries listen to. */
export function useFieldBlur(control: RefObject<HTMLSelectElement | null>): void {
  useEffect(() => {
    const field = control.current?.closest('fieldset')
    function leave({ target, relatedTarget }: FocusEvent): void {
      const inside = relatedTarget instanceof Node && field?.contains(relatedTarget)
      if (target === control.current || inside) return
      control.current?.dispatchEvent(new FocusEvent('focusout', { bubbles: true }))
    }
    field?.addEventListener('focusout', leave)
    return () => field?.removeEventListener('focusout', leave)
  }, [control])
}
