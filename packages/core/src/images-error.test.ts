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
