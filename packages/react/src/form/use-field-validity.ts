'use client'

import { useEffect, useState } from 'react'
import type { FormEvent, RefObject } from 'react'
import { useFormReset } from './use-form-reset.ts'

export interface FieldValidityOptions {
  readonly control: RefObject<HTMLSelectElement | null>
  /** What is wrong, in words; empty if nothing is. */
  readonly message: string
  /** Puts the keyboard on what mends it. */
  readonly focus: () => void
}

export interface FieldValidity {
  /** What is to be shown. Nobody is told off before they have tried to send the form. */
  readonly shown: string
  readonly onInvalid: (event: FormEvent<HTMLSelectElement>) => void
}

/** Lets the browser hold the form back by its own rules, and shows the words in the page in place of its bubble. */
export function useFieldValidity(options: FieldValidityOptions): FieldValidity {
  const { control, message, focus } = options
  const [tried, setTried] = useState(false)
  useFormReset(control, () => setTried(false))
  useEffect(() => control.current?.setCustomValidity(message))
  return {
    shown: tried ? message : '',
    onInvalid(event) {
      event.preventDefault()
      setTried(true)
      // After the browser, which would go on to the next field in need.
      if (isFirstInvalid(event.currentTarget)) setTimeout(focus)
    },
  }
}

function isFirstInvalid(control: HTMLSelectElement): boolean {
  const all = [...(control.form?.elements ?? [control])]
  return all.find((element) => element.matches(':invalid:not(fieldset)')) === control
}
