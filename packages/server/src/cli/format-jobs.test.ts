import { expect, test } from 'vitest'
import { makeJob } from '../test-support/make-job.ts'
import { formatAge, formatJobs } from './format-jobs.ts'

test.each([
  [-5, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
  [90_000_000, '1 d'],
])('%i ms are %s', (ms, text) => {
  expect(formatAge(ms)).toBe(text)
})

test('a job that somebody is at is under way, one that is late is due now', () => {
  const job = { ...makeJob(), createdAt: 0, runAt: 500 }
  const taken = { ...job, lease: { owner: 'somebody', until: 2000 } }
  expect(formatJobs([{ ...job, lease: null }], 1000)).toContain(' now ')
  expect(formatJobs([taken], 1000)).toContain(' under way ')
  expect(formatJobs([taken], 3000)).toContain(' now ')
  expect(formatJobs([taken], 1000)).not.toContain('somebody')
})

test('without any it says so', () => {
  expect(formatJobs([], 0)).toBe('There are no jobs.\n')
})
