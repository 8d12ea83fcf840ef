import { describe, expect, test } from 'vitest'
import { createFaultBoard } from './fault-switches.ts'
import { InvalidFaultsError, parseFaults } from './parse-faults.ts'
import { scenarios } from './scenarios.ts'
import type { FaultBoard } from './fault-switches.ts'
import type { Fault, FaultStep } from './faults.ts'

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
    [[{ ...drop, on: 'nowhere' }], '0.on'],
    [[{ ...drop, on: [] }], '0.on'],
    [[{ ...drop, on: ['upload', 'api'] }], '0.on'],
    [[{ ...drop, on: 'webhook' }], '0.on'],
    [[{ on: 'delivery', effect: 'settle-later' }], '0.on'],
    [[{ on: 'details', effect: 'list-lag', ms: 1 }], '0.on'],
    [[{ on: 'upload', effect: 'lose' }], '0.on'],
    [[{ on: 'api', effect: 'rate-limit', times: 2 }], '0.times'],
    [[{ on: 'api', effect: 'malform', as: 'xml' }], '0.as'],
    [[{ on: 'api', effect: 'bandwidth', bytesPerSecond: 0 }], '0.bytesPerSecond'],
    [[{ on: 'api', effect: 'clock-jump', ms: 1e300 }], '0.ms'],
    [[{ ...slow, after: -1 }], '0.after'],
    [[{ ...slow, image: 7 }], '0.image'],
    [[{ ...drop, atByte: -1 }], '0.atByte'],
    [[{ ...slow, times: 0 }], '0.times'],
    [[{ ...slow, chance: 1.5 }], '0.chance'],
    [[{ ...slow, surprise: 1 }], '0.surprise'],
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

  test('covers several steps, and the whole of the API', () => {
    const board = createFaultBoard([{ ...down, on: ['upload', 'blob'], times: 9 }])
    expect([board.take('upload'), board.take('blob'), board.take('list')].map(count)).toEqual([
      1, 1, 0,
    ])
    board.set([{ ...down, on: 'api', times: 9 }])
    const steps = ['list', 'batch-token', 'upload', 'delivery', 'webhook'] as const
    expect(steps.map((step) => count(board.take(step)))).toEqual([1, 1, 0, 0, 0])
  })

  test('lets the first requests pass', () => {
    const board = createFaultBoard([{ ...down, after: 2, times: 1 }])
    expect(takeMany(board, 5)).toEqual([0, 0, 1, 0, 0])
  })

  test('looks at one image only where it is told to', () => {
    const board = createFaultBoard([{ ...down, image: 'a' }])
    expect(count(board.take('upload', (id) => id === 'b'))).toBe(0)
    expect(count(board.take('upload', (id) => id === 'a'))).toBe(1)
    expect(count(board.take('upload'))).toBe(0)
  })

  test('throws the same dice for the same seed, whatever else is asked in between', () => {
    const unlucky: Fault = { on: 'delivery', effect: 'stall', chance: 0.75 }
    const first = createFaultBoard([unlucky], { seed: 7 })
    const second = createFaultBoard([unlucky], { seed: 7 })
    const results = takeMany(first, 400, 'delivery')
    second.take('upload')
    expect(takeMany(second, 400, 'delivery')).toEqual(results)
    const share = results.filter(Boolean).length / 400
    expect(share).toBeGreaterThan(0.68)
    expect(share).toBeLessThan(0.82)
    const other = createFaultBoard([unlucky], { seed: 8 })
    expect(takeMany(other, 400, 'delivery')).not.toEqual(results)
  })

  test('refuses dice without a seed, naming the field, and keeps what it had', () => {
    const board = createFaultBoard([slow])
    const luck = { ...slow, chance: 0.5 }
    expect(() => board.set([slow, luck])).toThrow(expect.objectContaining({ field: '1.chance' }))
    expect(() => createFaultBoard([luck])).toThrow(InvalidFaultsError)
    expect(board.list()).toEqual([{ ...slow, remaining: null }])
  })

  test('blocks for five minutes of its clock from the first request, then never again', () => {
    let now = 0
    const board = createFaultBoard([{ on: 'api', effect: 'rate-limit', after: 1 }], {
      now: () => now,
    })
    expect(count(board.take('list'))).toBe(0)
    expect(board.take('list')).toMatchObject([{ effect: 'rate-limit', seconds: 300 }])
    now = 299_001
    expect(board.take('details')).toMatchObject([{ seconds: 1 }])
    now = 300_000
    expect(count(board.take('list'))).toBe(0)
    expect(board.list()).toMatchObject([{ remaining: 0 }])
  })

  test('adds faults without touching the counts of the others, and removes those written alike', () => {
    const board = createFaultBoard([down])
    board.take('upload')
    board.add([slow])
    board.add([drop])
    board.remove([slow])
    expect(board.list()).toEqual([
      { ...down, remaining: 1 },
      { ...drop, remaining: null },
    ])
  })

  test('lets every delay act, and the first of the other effects, then the next', () => {
    const board = createFaultBoard([{ ...down, times: 1 }, slow, drop, slow])
    expect(board.take('upload').map(({ effect }) => effect)).toEqual(['delay', 'delay', 'answer'])
    expect(board.take('upload').map(({ effect }) => effect)).toEqual(['delay', 'delay', 'drop'])
  })
})

const count = (acting: readonly Fault[]): number => acting.length

const takeMany = (board: FaultBoard, times: number, step: FaultStep = 'upload'): number[] =>
  Array.from({ length: times }, () => count(board.take(step)))
