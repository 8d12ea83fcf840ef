import { ImagesError } from '@lightfast/core'
import { expect, test } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import type { Send } from './layer.ts'
import { turnAway } from './turn-away.ts'

const refused = new ImagesError('circuit_open', 'A test.')
const mustNotBeCalled: Send = () => expect.fail('called')

test('rejects with the refusal, and sets nothing in motion', async () => {
  const sent = turnAway(() => refused)(mustNotBeCalled)(makeCall())
  await expect(sent).rejects.toBe(refused)
})

test('lets everybody else through, to the very promise of what is inside', () => {
  const reply = new Promise<never>(() => undefined)
  const next: Send = () => reply
  expect(turnAway(() => undefined)(next)(makeCall())).toBe(reply)
})
