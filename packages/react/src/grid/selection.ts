/** What can be chosen in a gallery. */
export type SelectionMode = 'none' | 'single' | 'multiple'

/** Where the keyboard is, where a range begins, and what is chosen. */
export interface Selection {
  /** The one that Tab comes to; null: the first. */
  readonly active: string | null
  readonly anchor: string | null
  readonly selected: readonly string[]
}

export type SelectionEvent =
  | { readonly type: 'moved'; readonly id: string }
  /** Chosen, or no longer. */
  | { readonly type: 'toggled'; readonly id: string }
  /** Everything between the anchor and this one. */
  | { readonly type: 'extended'; readonly id: string }
  | { readonly type: 'all-chosen' | 'cleared' }

export interface SelectionRules {
  readonly mode: SelectionMode
  /** All that is shown, in order. */
  readonly ids: readonly string[]
}

/** Changes a selection. Pure; the same object means that nothing happened. */
export function changeSelection(
  state: Selection,
  event: SelectionEvent,
  rules: SelectionRules,
): Selection {
  const many = rules.mode === 'multiple'
  switch (event.type) {
    case 'moved':
      return state.active === event.id ? state : { ...state, active: event.id }
    case 'toggled':
      return toggle(state, event.id, rules)
    case 'extended':
      return many ? extend(state, event.id, rules) : toggle(state, event.id, rules)
    case 'all-chosen':
      return many ? { ...state, selected: rules.ids } : state
    case 'cleared':
      return state.selected.length === 0 ? state : { ...state, selected: [], anchor: null }
    default:
      return event satisfies never
  }
}

function toggle(state: Selection, id: string, { mode }: SelectionRules): Selection {
  if (mode === 'none') return state
  const without = state.selected.filter((other) => other !== id)
  const isNew = without.length === state.selected.length
  const others = mode === 'multiple' ? without : []
  return { active: id, anchor: id, selected: isNew ? [...others, id] : others }
}

/** The anchor stays, so that the next range begins there again. */
function extend(state: Selection, id: string, { ids }: SelectionRules): Selection {
  const anchor = ids.includes(state.anchor ?? '') ? state.anchor : id
  const [from = 0, to = 0] = [ids.indexOf(anchor ?? id), ids.indexOf(id)].toSorted((a, b) => a - b)
  const range = ids.slice(from, to + 1)
  const kept = state.selected.filter((other) => !range.includes(other))
  return { active: id, anchor, selected: [...kept, ...range] }
}
