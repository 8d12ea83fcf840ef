import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fidelity } from './fidelity.ts'
import { toFidelityTable } from './test-support/fidelity-table.ts'

const path = fileURLToPath(new URL('../README.md', import.meta.url))
const marks = ['<!-- made of the code: begin -->', '<!-- made of the code: end -->'] as const

test('the README has the table that is made of the code (FIDELITY=write puts it there)', () => {
  const readme = readFileSync(path, 'utf8')
  const [start, end] = [readme.indexOf(marks[0]) + marks[0].length, readme.indexOf(marks[1])]
  const made = `\n\n${toFidelityTable()}\n\n`
  if (process.env['FIDELITY'] === 'write')
    writeFileSync(path, readme.slice(0, start) + made + readme.slice(end))
  else expect(readme.slice(start, end)).toBe(made)
})

test('whatever is said to be the same has a source', () => {
  const unproven = fidelity.filter(({ likeness, source }) => likeness === 'same' && !source)
  expect(unproven).toEqual([])
})
