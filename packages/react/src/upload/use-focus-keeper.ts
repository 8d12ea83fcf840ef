'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { FocusEvent, RefObject } from 'react'
import { isFailed } from './status-kind.ts'
import type { UploadItem } from './upload-state.ts'

interface Held {
  readonly id: string
  readonly index: number
  /** Whether the person used a button of this item since focus came to it. */
  readonly acted: boolean
}

export interface FocusKeeper {
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: () => void
  /** To be called by a button of a row when a person uses it. */
  readonly onAct: (button: Element) => void
}

/**
 * Keeps the keyboard where the person was when a button goes away under it: on the row, on the next row
 * when it is gone, and else on the trigger. Within the row it goes to the first way out only if the
 * person acted: removed a row, or started what has failed. Focus that sits anywhere else is never moved.
 */
export function useFocusKeeper(
  items: readonly UploadItem[],
  root: RefObject<HTMLElement | null>,
): FocusKeeper {
  const held = useRef<Held | null>(null)

  const hold = useCallback(
    (target: EventTarget, acted: boolean): void => {
      const row = target instanceof Element ? target.closest(ROW) : null
      const index = findRows(root.current).findIndex((candidate) => candidate === row)
      const id = idOf(row)
      const before = held.current
      held.current =
        id === null ? null : { id, index, acted: acted || (before?.id === id && before.acted) }
    },
    [root],
  )
  const onAct = useCallback((button: Element) => hold(button, true), [hold])

  useEffect(() => {
    if (held.current === null || root.current === null) return
    const rows = findRows(root.current)
    const { id, index, acted } = held.current
    const kept = rows.find((candidate) => idOf(candidate) === id)
    const row = kept ?? rows[index]
    const active = document.activeElement
    if (active !== document.body && (active === null || active !== row)) return
    const failed = items.some((item) => item.id === id && isFailed(item.state.status))
    const action = acted && (kept === undefined || failed) ? row?.querySelector(ACTION) : null
    focusOn(action ?? row ?? root.current.querySelector(TRIGGER))
  }, [items, root])

  return {
    onFocus: ({ target }) => hold(target, false),
    // Not when the whole window loses it, as it does to a file picker; React reports no blur of what it removes.
    onBlur() {
      if (document.hasFocus()) held.current = null
    },
    onAct,
  }
}

export const ROW = '[data-slot="image-upload-item"]'
const ACTION = '[data-slot="image-upload-action"]'
export const TRIGGER = '[data-slot="image-upload-trigger"]'

const findRows = (root: HTMLElement | null): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>(ROW) ?? []),
]

const idOf = (row: Element | null | undefined): string | null =>
  row?.getAttribute('data-upload-id') ?? null

export function focusOn(element: Element | null): void {
  if (element instanceof HTMLElement) element.focus()
}
