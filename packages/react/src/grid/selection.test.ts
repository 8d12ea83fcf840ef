import { expect, it } from 'vitest'
import { changeSelection } from './selection.ts'
import type { Selection, SelectionEvent, SelectionMode } from './selection.ts'

const ids = ['a', 'b', 'c', 'd']
const none: Selection = { active: null, anchor: null, selected: [] }
const b: Selection = { active: 'b', anchor: 'b', selected: ['b'] }

const change = (mode: SelectionMode, state: Selection, event: SelectionEvent): Selection =>
  changeSelection(state, event, { mode, ids })

it.each<[SelectionMode, Selection, SelectionEvent, Selection]>([
  ['multiple', none, { type: 'toggled', id: 'b' }, b],
  ['multiple', b, { type: 'toggled', id: 'b' }, { ...b, selected: [] }],
  ['multiple', b, { type: 'toggled', id: 'd' }, { active: 'd', anchor: 'd', selected: ['b', 'd'] }],
  ['multiple', b, { type: 'moved', id: 'c' }, { ...b, active: 'c' }],
  [
    'multiple',
    b,
    { type: 'extended', id: 'd' },
    { active: 'd', anchor: 'b', selected: ['b', 'c', 'd'] },
  ],
  [
    'multiple',
    b,
    { type: 'extended', id: 'a' },
    { active: 'a', anchor: 'b', selected: ['a', 'b'] },
  ],
  // Without an anchor, or when it is gone from the list, a range is one picture.
  ['multiple', none, { type: 'extended', id: 'c' }, { active: 'c', anchor: 'c', selected: ['c'] }],
  [
    'multiple',
    { ...b, anchor: 'gone' },
    { type: 'extended', id: 'c' },
    { active: 'c', anchor: 'c', selected: ['b', 'c'] },
  ],
  ['multiple', b, { type: 'all-chosen' }, { ...b, selected: ids }],
  ['multiple', b, { type: 'cleared' }, { active: 'b', anchor: null, selected: [] }],
  ['single', b, { type: 'toggled', id: 'c' }, { active: 'c', anchor: 'c', selected: ['c'] }],
  ['single', b, { type: 'toggled', id: 'b' }, { ...b, selected: [] }],
  ['single', b, { type: 'extended', id: 'd' }, { active: 'd', anchor: 'd', selected: ['d'] }],
])('%s: %j and %j make %j', (mode, state, event, expected) => {
  expect(change(mode, state, event)).toEqual(expected)
})

it.each<[SelectionMode, Selection, SelectionEvent]>([
  ['none', none, { type: 'toggled', id: 'a' }],
  ['none', none, { type: 'extended', id: 'a' }],
  ['single', b, { type: 'all-chosen' }],
  ['multiple', none, { type: 'cleared' }],
  ['multiple', b, { type: 'moved', id: 'b' }],
])('%s: %j stays the same object under %j', (mode, state, event) => {
  expect(change(mode, state, event)).toBe(state)
})
