import { imageStates } from '@lightfast/core'
import { expect, test } from 'vitest'
import { canMove } from './record.ts'

/** Written by hand from the architecture, to be held against the table in the code. */
const legal = new Set([
  'requested > requested',
  'requested > pending',
  'requested > delivered',
  'requested > rejected',
  'requested > expired',
  'requested > deleted',
  'pending > pending',
  'pending > delivered',
  'pending > rejected',
  'pending > expired',
  'pending > deleted',
  'delivered > delivered',
  'delivered > ready',
  'delivered > rejected',
  'delivered > expired',
  'delivered > deleted',
  'ready > deleted',
  'rejected > deleted',
  'expired > requested',
  'expired > ready',
  'expired > deleted',
])
const pairs = imageStates.flatMap((from) => imageStates.map((to) => [from, to] as const))

test.each(pairs)('%s to %s', (from, to) => {
  expect(canMove(from, to)).toBe(legal.has(`${from} > ${to}`))
})
