import { expect, test } from 'vitest'
import { toRow } from './row.ts'

const measured = { group: 'stack', name: 'ours', figure: 2, unit: 'ns' } as const

test('judges the ratio if there is one', () => {
  expect(toRow({ ...measured, ratio: 0.3, goal: 0.5 })).toMatchObject({ holds: true })
  expect(toRow({ ...measured, ratio: 0.6, goal: 0.5 })).toMatchObject({ holds: false })
})

test('judges the figure if there is no ratio', () => {
  expect(toRow({ ...measured, goal: 2 })).toMatchObject({ holds: true })
  expect(toRow({ ...measured, goal: 1.9 })).toMatchObject({ holds: false })
})

test('judges nothing without a goal', () => {
  expect(toRow(measured)).toEqual(measured)
})
