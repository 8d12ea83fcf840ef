/** Keeps what fuzzing has found, one test per find. */
import { expect, test } from 'vitest'
import { openAccount, svg, toForm } from '../test-support/account.ts'

test('a slash at the end of its address leads to the control page', async () => {
  const { emulator } = openAccount()
  const reply = await emulator.fetch(new Request('http://localhost:8788/__lightfast/'))
  expect([reply.status, reply.headers.get('Location')]).toEqual([302, '/__lightfast'])
})

test('a jump of the clock beyond all dates is refused, and does not break what comes after', async () => {
  const { emulator, api } = openAccount()
  const url = 'http://localhost:8788/__lightfast/clock/jump'
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify({ ms: 1e300 })
  const reply = await emulator.fetch(new Request(url, { method: 'POST', headers, body }))
  expect(reply.status).toBe(400)
  expect((await api('POST', '/v1', toForm({ file: svg }))).status).toBe(200)
})

test('a fault that moves the clock beyond all dates is refused', async () => {
  const { emulator, api } = openAccount()
  const headers = { 'Content-Type': 'application/json' }
  const body = JSON.stringify([{ on: 'api', effect: 'clock-jump', ms: 1e300 }])
  const url = 'http://localhost:8788/__lightfast/faults'
  const reply = await emulator.fetch(new Request(url, { method: 'PUT', headers, body }))
  expect(reply.status).toBe(400)
  expect((await api('POST', '/v1', toForm({ file: svg }))).status).toBe(200)
})
