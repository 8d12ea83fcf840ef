import { expect, it } from 'vitest'
import { toInitials, toTint } from './initials.ts'

it.each([
  ['Ada Lovelace', 'AL'],
  ['  ada   king lovelace ', 'AL'],
  ['Nina', 'N'],
  ['李小龙', '李'],
  ['👩‍🚀 Astronaut', '👩‍🚀A'],
  ['e\u0301milie du Châtelet', 'E\u0301C'],
  ['jörg öst', 'JÖ'],
  ['1\uFE0F\u20E3 first', '1\uFE0F\u20E3F'],
  ['', ''],
])('shortens %j to %j', (name, initials) => {
  expect(toInitials(name)).toBe(initials)
})

it('gives the same person the same tint everywhere', () => {
  expect(toTint('Ada Lovelace')).toBe(toTint('Ada Lovelace'))
  expect(toTint('')).toBe(0)
})
