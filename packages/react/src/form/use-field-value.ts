'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { useFormReset } from './use-form-reset.ts'

export interface FieldValueOptions {
  /** The ids, when the app holds them. */
  readonly value: readonly string[] | undefined
  readonly defaultValue: readonly string[] | undefined
  readonly onValueChange: ((ids: readonly string[]) => void) | undefined
  readonly control: RefObject<HTMLSelectElement | null>
}

export interface FieldValue {
  readonly ids: readonly string[]
  readonly change: (next: (ids: readonly string[]) => readonly string[]) => void
}

/** Holds the ids of a field: the app's if it has some, else its own until the form is reset. */
export function useFieldValue(options: FieldValueOptions): FieldValue {
  const { value, defaultValue = none, onValueChange, control } = options
  // Null stands for the default as it is now: a server action may have brought another one.
  const [own, setOwn] = useState<readonly string[] | null>(null)
  const ids = value ?? own ?? defaultValue
  // Two uploads may end before the app has rendered the first of them.
  const latest = useRef({ ids, onValueChange })
  const changed = useRef(false)

  useFormReset(control, () => {
    setOwn(null)
    if (value !== undefined) onValueChange?.(defaultValue)
  })
  useEffect(() => {
    latest.current = { ids, onValueChange }
    syncOptions(control.current)
    if (!changed.current) return
    changed.current = false
    control.current?.dispatchEvent(new Event('change', { bubbles: true }))
  })

  const change = useCallback((next: (ids: readonly string[]) => readonly string[]) => {
    const before = latest.current.ids
    const after = next(before)
    if (after === before) return
    latest.current = { ...latest.current, ids: after }
    changed.current = true
    setOwn(after)
    latest.current.onValueChange?.(after)
  }, [])
  return { ids, change }
}

const none: readonly string[] = []

/** Each option stands for a photo that is there, whatever a reset of the form made of it. */
function syncOptions(control: HTMLSelectElement | null): void {
  for (const option of control?.options ?? []) option.selected = true
}
