import { afterEach, expect, test, vi } from 'vitest'
import { createImagesClient } from './client/create-images-client.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const forbidden = (): never => {
  throw new Error('Disallowed operation called within global scope')
}

/** https://developers.cloudflare.com/workers/runtime-apis/handlers/ */
test('a client can be made at the module scope of a Worker, where dice, timers and controllers are forbidden', () => {
  vi.stubGlobal('AbortController', forbidden)
  vi.stubGlobal('setTimeout', forbidden)
  vi.spyOn(Math, 'random').mockImplementation(forbidden)
  expect(() => createImagesClient({ accountId: 'a', apiToken: 'b' })).not.toThrow()
})
