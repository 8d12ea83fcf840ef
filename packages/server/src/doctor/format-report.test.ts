import { describe, expect, test } from 'vitest'
import type { CheckResult } from './check.ts'
import { formatJson, formatResult, formatTally, hasFailed } from './format-report.ts'

const plain = { colours: false, width: 80 }
const good: CheckResult = { name: 'node', status: 'ok', finding: 'Node 24.1.0.' }
const bad: CheckResult = {
  name: 'flexible-variants',
  status: 'failed',
  finding: 'A finding that is much longer than what has room in one line of the terminal.',
  fix: 'Mend it.',
}

describe('as text', () => {
  test('a sign and a word stand before the name, and lines are aligned below the first', () => {
    expect(formatResult(good, plain)).toBe('✓ ok       node               Node 24.1.0.\n')
    expect(formatResult(bad, plain)).toBe(
      `✗ failed   flexible-variants  A finding that is much longer than what has room
                              in one line of the terminal.
                              → Mend it.
`,
    )
  })

  test('each status has a sign of its own, without colour', () => {
    const statuses = ['ok', 'warning', 'failed', 'skipped'] as const
    const signs = statuses.map((status) => formatResult({ ...good, status }, plain)[0])
    expect(new Set(signs).size).toBe(4)
  })

  test('colour is added to the same words, and ends with them', () => {
    const coloured = formatResult(bad, { ...plain, colours: true })
    expect(coloured).toContain('\u001B[31m✗ failed \u001B[39m')
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001B\[\d+m/g, '')).toBe(formatResult(bad, plain))
  })

  test('a narrow terminal leaves room for words all the same', () => {
    const lines = formatResult(bad, { ...plain, width: 10 }).split('\n')
    expect(lines[0]).toContain('A finding that is much longer than what')
  })

  test('a name from afar cannot steer the terminal', () => {
    const text = formatResult(
      { ...good, finding: 'Called \u001B[2J\u009B31m\r\n.', fix: '\u0007' },
      plain,
    )
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u)
    expect(text).toContain('Called �[2J')
  })

  test('the end counts each status', () => {
    expect(formatTally([good, bad, good])).toBe(
      '\n3 checks: 2 ok, 0 warning, 1 failed, 0 skipped\n',
    )
  })
})

test('as JSON, all is there', () => {
  expect(JSON.parse(formatJson([good, bad]))).toEqual({ ok: false, checks: [good, bad] })
  expect(JSON.parse(formatJson([good]))).toEqual({ ok: true, checks: [good] })
})

test('only what failed fails the whole', () => {
  expect(hasFailed([good, { ...good, status: 'warning' }, { ...good, status: 'skipped' }])).toBe(
    false,
  )
  expect(hasFailed([good, bad])).toBe(true)
})
