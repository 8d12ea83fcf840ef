import { describe, expect, test } from 'vitest'
import { toStock } from './stock.ts'
import type { Counts } from './stock.ts'

type RecordCount = Counts['records'][number]

const now = 10_000_000

const record = (state: RecordCount['state'], ageMs: number, more: Partial<RecordCount> = {}) => ({
  state,
  stage: null,
  code: null,
  count: 1,
  oldestAt: now - ageMs,
  ...more,
})

const job = (
  kind: Counts['jobs'][number]['kind'],
  ageMs: number,
  state: 'queued' | 'dead' = 'queued',
) => ({ kind, state, count: 1, oldestAt: now - ageMs })

const read = (records: Counts['records'], jobs: Counts['jobs'] = []) =>
  toStock({ records, jobs, now })

const sayHeldUp = (records: Counts['records'], jobs: Counts['jobs'] = []): string => {
  const { state, reasons } = read(records, jobs).heldUp
  return `${state}. ${reasons.join(' ')}`
}

describe('uploads as they stand', () => {
  test('have a figure for each place, also while there are none', () => {
    expect(read([]).uploads.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'Waiting for bytes 0',
      'Kept by us 0',
      'Arrived, unconfirmed 0',
      'Ready 0',
      'Refused 0',
      'Over 0',
    ])
  })

  test('are added up, whatever they are counted apart by', () => {
    const { uploads } = read([
      record('requested', 0, { count: 2 }),
      record('pending', 0, { count: 3, stage: 'transfer', code: 'upload_host_failed' }),
      record('expired', 0),
      record('deleted', 0, { count: 1200 }),
    ])
    expect(uploads.map(({ state }) => state)).toEqual(['5', '0', '0', '0', '0', '1,201'])
  })
})

describe('what is held up', () => {
  test('is nothing while each upload has failed at nothing and has had no time to', () => {
    const states = ['requested', 'pending', 'parked', 'delivered'] as const
    expect(sayHeldUp(states.map((state) => record(state, 4000)))).toBe(
      'none. Nothing stands still.',
    )
  })

  test('is said with where and why', () => {
    const code = 'host_unavailable'
    const parked = record('parked', 3000, { stage: 'transfer', code, count: 2 })
    const pending = record('requested', 1000, { stage: 'provision', code })
    expect(sayHeldUp([parked, pending])).toBe(
      '3, oldest 3 s. 2 kept by us, stalled while sending: the image host is out of order. ' +
        '1 without bytes, stalled while asking for a place: the image host is out of order.',
    )
  })

  test.each([
    ['pending', 61_000, '1, oldest 1 min. 1 without bytes: nobody has sent any.'],
    ['parked', 6000, '1, oldest 6 s. 1 kept by us: its turn to be sent on has not come.'],
    ['delivered', 7_300_000, '1, oldest 2 h. 1 arrived: nobody says whether it is ready.'],
  ] as const)('is an upload that is %s for %d ms without any failure', (state, ageMs, words) => {
    expect(sayHeldUp([record(state, ageMs)])).toBe(words)
  })

  test('is as old as the job that goes on with it, which no try makes young again', () => {
    const parked = record('parked', 0, { stage: 'transfer', code: 'circuit_open' })
    expect(sayHeldUp([parked], [job('forward', 90_000), job('expire', 500_000)])).toMatch(
      /^1, oldest 1 min\./,
    )
  })

  test.each(['ready', 'rejected', 'expired', 'deleted'] as const)(
    'is never what is %s',
    (state) => {
      const old = record(state, 9_000_000, { stage: 'processing', code: 'file_refused_by_host' })
      expect(sayHeldUp([old])).toMatch(/^none/)
    },
  )
})

const find = (jobs: Counts['jobs'], id: string) =>
  read([], jobs).jobs.find((figure) => figure.id === id)

describe('jobs', () => {
  test('are none of each kind, in words', () => {
    expect(new Set(read([]).jobs.map(({ mark, state }) => `${mark} ${state}`))).toEqual(
      new Set(['plain none']),
    )
  })

  test('are told with the age of the oldest, and stand out when they are late', () => {
    expect(find([job('forward', 4000)], 'forward')).toMatchObject({
      mark: 'plain',
      state: '1, oldest 4 s',
    })
    expect(find([job('forward', 6000)], 'forward')).toMatchObject({ mark: 'paused' })
  })

  test('that come about later by design are never late', () => {
    expect(find([job('expire', 1_000_000)], 'expire')).toMatchObject({ mark: 'plain' })
  })

  test('that were given up stand out, and are counted over all kinds', () => {
    const jobs = [
      job('forward', 9000, 'dead'),
      job('forward', 100),
      job('delete-remote', 1, 'dead'),
    ]
    expect(find(jobs, 'forward')).toMatchObject({
      mark: 'off',
      state: '1 given up, 1 waiting, oldest 0 s',
    })
    expect(read([], jobs).dead).toBe(2)
  })
})
