import { describe, expect, test } from 'vitest'
import type { Status } from './api.ts'
import { describeRow, steady, toNews, toRows } from './status-rows.ts'
import type { Row } from './status-rows.ts'

type Circuit = Status['circuits'][number]

const calm: Circuit = {
  circuit: 'write',
  status: 'closed',
  retryAfterMs: 0,
  trips: 0,
  calls: 0,
  failures: 0,
  slow: 0,
  active: 0,
  waiting: 0,
}

const read = (write: Partial<Circuit>, now = 0, apiClosedMs = 0): readonly Row[] =>
  toRows(
    {
      circuits: [{ ...calm, ...write }],
      uploadHost: { status: 'closed', retryAfterMs: 0, trips: 0 },
      gates: [{ gate: 'api', closedMs: apiClosedMs }],
    },
    now,
  )

/** Reads the rows as a person would, at a moment. */
const say = (rows: readonly Row[], now = 0): readonly string[] =>
  rows.map((row) => `${row.name} ${row.state}. ${describeRow(row, now)}`.trim())

describe('a circuit in words', () => {
  test.each<[Partial<Circuit>, string]>([
    [{}, 'Writes working. No calls lately.'],
    [{ calls: 1 }, 'Writes working. 1 call lately, none failed.'],
    [
      { calls: 1200, failures: 3, slow: 2, active: 4, waiting: 1 },
      'Writes working. 1,200 calls lately, 3 failed, 2 slow, 4 under way, 1 waiting.',
    ],
    [
      { status: 'open', retryAfterMs: 11_001, trips: 1 },
      'Writes paused. Tries again in 12 s. First pause.',
    ],
    [
      { status: 'open', retryAfterMs: 65_000, trips: 3 },
      'Writes paused. Tries again in 1:05. 3 pauses in a row.',
    ],
    [
      { status: 'open', retryAfterMs: 0, trips: 2 },
      'Writes paused. The next call tries it. 2 pauses in a row.',
    ],
    [
      { status: 'probing', retryAfterMs: 30_000, trips: 2 },
      'Writes trying one call. 2 pauses in a row.',
    ],
    [{ status: 'isolated' }, 'Writes switched off. Somebody did so by hand.'],
    [{ status: 'disabled' }, 'Writes not guarded. Every call goes through.'],
  ])('%j', (facts, line) => {
    expect(say(read(facts))[0]).toBe(line)
  })
})

test('the upload host is called by browsers only, whose next upload tells', () => {
  const uploadHost = { status: 'open', retryAfterMs: 1000, trips: 1 } as const
  const rows = toRows({ circuits: [], uploadHost, gates: [] }, 0)
  expect(say(rows, 1000)).toEqual(['Upload host paused. The next upload tells. First pause.'])
})

test('a limit is open, or closed with the time until it opens', () => {
  expect(say(read({}))[2]).toBe('API limit open.')
  expect(say(read({}, 0, 252_000))[2]).toBe('API limit closed. Opens in 4:12. Too many calls.')
})

describe('a countdown', () => {
  const rows = read({ status: 'open', retryAfterMs: 2000, trips: 1 }, 5000)

  test('goes on between two answers, never shows 0, and ends in words', () => {
    expect(say(rows, 5000)[0]).toContain('in 2 s')
    expect(say(rows, 6001)[0]).toContain('in 1 s')
    expect(say(rows, 6999)[0]).toContain('in 1 s')
    expect(say(rows, 7000)[0]).toContain('The next call tries it.')
  })

  test('keeps its end while answers take their time, so that no second is shown twice', () => {
    const later = read({ status: 'open', retryAfterMs: 1000, trips: 1 }, 6030)
    expect(steady(rows, later)[0]?.wait?.until).toBe(7000)
  })

  test('takes a new end when the pause is another one', () => {
    const longer = read({ status: 'open', retryAfterMs: 20_000, trips: 2 }, 8000)
    expect(steady(rows, longer)[0]?.wait?.until).toBe(28_000)
  })
})

describe('what is announced', () => {
  const working = read({})

  test('is a change of state, and nothing before there was one', () => {
    const paused = read({ status: 'open', retryAfterMs: 9000, trips: 1 }, 0, 3000)
    expect(toNews([], paused)).toBe('')
    expect(toNews(working, paused)).toBe('Writes: paused. API limit: closed.')
    expect(toNews(paused, working)).toBe('Writes: working. API limit: open.')
  })

  test('is no tick and no count', () => {
    expect(toNews(working, read({ calls: 9, failures: 4 }))).toBe('')
    const paused = read({ status: 'open', retryAfterMs: 9000, trips: 1 })
    expect(toNews(paused, read({ status: 'open', retryAfterMs: 8000, trips: 1 }, 1000))).toBe('')
  })
})
