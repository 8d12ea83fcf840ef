import { afterEach, expect, test, vi } from 'vitest'
import { createImagesClient } from './client/create-images-client.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

/** https://developers.cloudflare.com/workers/runtime-apis/handlers/ */
test('a client can be made at the module scope of a Worker, where dice, timers and controllers are forbidden', () => {
  const forbidden = (): never => {
    throw new Error('Disallowed operation called within global scope')
  }
  vi.stubGlobal('AbortController', forbidden)
  vi.stubGlobal('setTimeout', forbidden)
  vi.spyOn(Math, 'random').mockImplementation(forbidden)
  expect(() => createImagesClient({ accountId: 'a', apiToken: 'b' })).not.toThrow()
})
