import { describe, expect, test } from 'vitest'
import readme from '../README.md?raw'
import { createFailure, failures, isFailureCode } from './failure.ts'
import type { FailureCode, FailureFacts } from './failure.ts'

const rows: [string, FailureFacts][] = Object.entries(failures)

describe('the failure table', () => {
  test.each(rows)('%s answers an error status', (_code, facts) => {
    expect(facts.httpStatus).toBeGreaterThanOrEqual(400)
    expect(facts.httpStatus).toBeLessThan(600)
  })

  test.each(rows)('%s is named in snake_case, as it is a wire value', (code) => {
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/)
  })

  test('never invites to try again with a file that will not do', () => {
    const refusals = rows.filter(([, { stage }]) => stage === 'check' || stage === 'processing')
    expect(refusals.map(([, { retry }]) => retry)).toEqual(refusals.map(() => 'never'))
  })

  test('is the table in the README', () => {
    const lines = rows.map(
      ([code, { stage, httpStatus, retry, reason }]) =>
        `| \`${code}\` | ${stage} | ${httpStatus} | ${retry} | ${reason} |`,
    )
    expect(readme).toContain(lines.join('\n'))
  })
})

describe('createFailure', () => {
  test('takes the stage from the row', () => {
    expect(createFailure('circuit_open', 'Paused.')).toEqual({
      code: 'circuit_open',
      stage: 'provision',
      message: 'Paused.',
    })
  })

  test('lets the place where it was met say otherwise', () => {
    expect(createFailure('host_unavailable', 'Down.', { stage: 'processing' }).stage).toBe(
      'processing',
    )
  })

  test('is plain data: it survives the wire', () => {
    const failure = createFailure('rate_limited', 'Wait.', { retryAfterMs: 2000 })
    expect(JSON.parse(JSON.stringify(failure))).toEqual(failure)
  })
})

test('isFailureCode does not fall for names that every object has', () => {
  const words = ['file_empty', 'constructor', 'toString', '__proto__', '']
  expect(words.filter((word): word is FailureCode => isFailureCode(word))).toEqual(['file_empty'])
})
