import { expect, test } from 'vitest'
import { ImagesError } from './images-error.ts'

test('is an Error that narrows on its code and carries a plain failure', () => {
  const cause = new TypeError('socket closed')
  const error = new ImagesError('host_unavailable', 'Cloudflare answered 503.', {
    status: 503,
    cloudflareCodes: [5503],
    retryAfterMs: 1000,
    cause,
  })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({ name: 'ImagesError', code: 'host_unavailable', status: 503, cause })
  expect(error.failure).toEqual({
    code: 'host_unavailable',
    stage: 'provision',
    message: 'Cloudflare answered 503.',
    retryAfterMs: 1000,
  })
})

test('is JSON with everything an operator wants, and neither its cause nor its stack', () => {
  const error = new ImagesError('rate_limited', 'Cloudflare answered 429.', {
    status: 429,
    cloudflareCodes: [971],
    rayId: '8f1-AMS',
    attempts: 4,
    circuit: 'write',
    retryAfterMs: 1000,
    cause: new Error('https://api.example/?token=secret'),
  })
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    name: 'ImagesError',
    message: 'Cloudflare answered 429.',
    code: 'rate_limited',
    stage: 'provision',
    retry: 'soon',
    retryAfterMs: 1000,
    status: 429,
    cloudflareCodes: [971],
    rayId: '8f1-AMS',
    attempts: 4,
    circuit: 'write',
  })
})

test('was never sent and has no circuit unless somebody says so', () => {
  const { attempts, circuit, cloudflareCodes } = new ImagesError('circuit_open', 'Wait.')
  expect([attempts, circuit, cloudflareCodes]).toEqual([0, undefined, []])
})
