import { describe, expect, test } from 'vitest'
import { createFaultBoard } from './fault-switches.ts'
import { InvalidFaultsError, parseFaults } from './faults.ts'
import { scenarios } from './scenarios.ts'
import type { Fault } from './faults.ts'

const down: Fault = { on: 'upload', effect: 'answer', status: 503, times: 2 }
const slow: Fault = { on: 'upload', effect: 'delay', ms: 5 }
const drop: Fault = { on: 'upload', effect: 'drop', atByte: 1 }

describe('a list from outside', () => {
  test('is taken as it is, every scenario too', () => {
    expect(parseFaults([down, slow, drop])).toEqual([down, slow, drop])
    for (const scenario of Object.values(scenarios)) expect(parseFaults(scenario)).toEqual(scenario)
  })

  test.each([
    ['nonsense', ''],
    [[{ ...down, effect: 'explode' }], '0.effect'],
    [[down, { ...down, status: 99 }], '1.status'],
    [[{ ...drop, on: 'delivery' }], '0.on'],
    [[{ ...drop, atByte: -1 }], '0.atByte'],
    [[{ ...slow, times: 0 }], '0.times'],
    [[{ ...slow, chance: 0.5 }], '0.chance'],
  ])('is refused when it is %j, naming the field "%s"', (value, field) => {
    expect(() => parseFaults(value)).toThrow(InvalidFaultsError)
    expect(() => parseFaults(value)).toThrow(expect.objectContaining({ field }))
  })
})

describe('the board', () => {
  test('counts a fault down and leaves it listed when it is used up', () => {
    const board = createFaultBoard([down])
    expect([board.take('upload'), board.take('upload'), board.take('upload')]).toEqual([
      [down],
      [down],
      [],
    ])
    expect(board.list()).toEqual([{ ...down, remaining: 0 }])
  })

  test('leaves other steps alone', () => {
    const board = createFaultBoard([down])
    expect(board.take('details')).toEqual([])
    expect(board.list()).toEqual([{ ...down, remaining: 2 }])
  })

  test('keeps a fault without times until it is removed', () => {
    const board = createFaultBoard([drop])
    for (let n = 0; n < 50; n += 1) expect(board.take('upload')).toEqual([drop])
    expect(board.list()).toEqual([{ ...drop, remaining: null }])
    board.clear()
    expect(board.take('upload')).toEqual([])
  })

  test('lets every delay act, and the first of the other effects, then the next', () => {
    const board = createFaultBoard([{ ...down, times: 1 }, slow, drop, slow])
    expect(board.take('upload').map(({ effect }) => effect)).toEqual(['delay', 'delay', 'answer'])
    expect(board.take('upload').map(({ effect }) => effect)).toEqual(['delay', 'delay', 'drop'])
  })
})
