import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import type { WayOut } from './words.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const rows = readme.split('\n').filter((line) => line.startsWith('| '))

const failures = (['not-uploaded', 'draft-saved', 'rejected'] as const).flatMap((status) =>
  Object.entries(en.states[status]).map(([reason, entry]) => ({ status, reason, ...entry })),
)

const toVerb = (way: WayOut): string =>
  way === 'retry'
    ? 'try again'
    : way.replaceAll(/[A-Z]/g, (letter: string) => ` ${letter.toLowerCase()}`)

test.each(failures)('the README tells the truth about $status, $reason', (failure) => {
  const { reason, title } = failure
  const actions: readonly WayOut[] = failure.actions
  const own = rows.filter((line) => line.includes(`\`${reason}\``) && line.includes(title))
  expect(own).toEqual([expect.stringContaining(`| ${title} | ${actions.map(toVerb).join(', ')} |`)])
})
