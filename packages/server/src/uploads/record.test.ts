import { imageStates } from '@lightfast/core'
import { expect, test } from 'vitest'
import { canMove } from './record.ts'

/** Written by hand from the architecture, to be held against the table in the code. */
const legal = new Set([
  'requested > requested',
  'requested > pending',
  'requested > delivered',
  'requested > parked',
  'requested > rejected',
  'requested > expired',
  'requested > deleted',
  'pending > pending',
  'pending > delivered',
  'pending > parked',
  'pending > rejected',
  'pending > expired',
  'pending > deleted',
  'parked > parked',
  'parked > delivered',
  'parked > rejected',
  'parked > expired',
  'parked > deleted',
  'delivered > delivered',
  'delivered > ready',
  'delivered > rejected',
  'delivered > expired',
  'delivered > deleted',
  'ready > ready',
  'ready > deleted',
  'rejected > rejected',
  'rejected > deleted',
  'expired > expired',
  'expired > requested',
  'expired > ready',
  'expired > deleted',
  'deleted > deleted',
])
const pairs = imageStates.flatMap((from) => imageStates.map((to) => [from, to] as const))

test.each(pairs)('%s to %s', (from, to) => {
  expect(canMove(from, to)).toBe(legal.has(`${from} > ${to}`))
})
