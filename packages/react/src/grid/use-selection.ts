'use client'

import { useState } from 'react'
import { changeSelection } from './selection.ts'
import type { Selection, SelectionEvent, SelectionRules } from './selection.ts'

export interface SelectionOptions {
  /** The ids that are chosen, where the app keeps them. */
  readonly selected?: readonly string[] | undefined
  readonly defaultSelected?: readonly string[] | undefined
  readonly onSelectedChange?: ((selected: readonly string[]) => void) | undefined
}

const nothing: readonly string[] = []

/** Keeps a selection, or follows the app's. What is no longer shown is no longer chosen. */
export function useSelection(
  rules: SelectionRules,
  { selected, defaultSelected = nothing, onSelectedChange }: SelectionOptions,
): readonly [Selection, (event: SelectionEvent) => void] {
  const [own, setOwn] = useState<Selection>({
    active: null,
    anchor: null,
    selected: defaultSelected,
  })
  const shown = new Set(rules.ids)
  const current = {
    ...own,
    active: own.active !== null && shown.has(own.active) ? own.active : null,
    selected: (selected ?? own.selected).filter((id) => shown.has(id)),
  }
  const select = (event: SelectionEvent): void => {
    const next = changeSelection(current, event, rules)
    if (next === current) return
    setOwn(next)
    if (next.selected !== current.selected) onSelectedChange?.(next.selected)
  }
  return [current, select]
}
