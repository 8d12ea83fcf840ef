import { describe, expect, test, vi } from 'vitest'
import { openAccount } from '../test-support/open-account.ts'
import { silent } from '../test-support/silent.ts'
import type { ImagesClientOptions } from './create-client-core.ts'
import { createImagesClient } from './create-images-client.ts'

const slot = { expiresAt: Date.now() + 600_000, privacy: 'private' } as const

describe('when Cloudflare fails', () => {
  test('two failures are repeated, and the third try counts', async () => {
    const { client, emulator, events } = openAccount({ batch: 'off' })
    emulator.faults.set([{ on: 'direct-upload', effect: 'answer', status: 503, times: 2 }])
    await expect(client.directUploads.create(slot)).resolves.toHaveProperty('uploadURL')
    expect(events.map(({ type }) => type)).toEqual([
      'attempted',
      'retried',
      'attempted',
      'retried',
      'attempted',
      'called',
    ])
  })

  test('an abort settles the call with its reason, and is not repeated', async () => {
    const leaving = new AbortController()
    const { client, sent } = openAccount({
      fetch() {
        leaving.abort(new Error('left'))
        return Promise.reject(new Error('aborted'))
      },
    })
    await expect(client.keys.list({ signal: leaving.signal })).rejects.toThrow('left')
    expect(sent).toHaveLength(1)
  })
})

test.each(['accountId', 'apiToken'])(
  'a missing %s is a TypeError when the client is made',
  (name) => {
    const missing = new TypeError(`createImagesClient needs an ${name}.`)
    expect(() => openAccount({ [name]: '' })).toThrow(missing)
  },
)

test('nothing can be put in the place of a resource', () => {
  const { client } = openAccount()
  expect(Object.isFrozen(client)).toBe(true)
})

test('a part of the surroundings that is undefined is as good as one that is not there', async () => {
  const fetchAsGiven = vi
    .spyOn(globalThis, 'fetch')
    .mockImplementation(async () => new Response(''))
  const options: ImagesClientOptions = { accountId: 'a', apiToken: 'b', logger: silent }
  const client = createImagesClient(Object.assign({ fetch: undefined, now: undefined }, options))
  await expect(client.keys.list({ repeat: 'never' })).rejects.toThrow('nothing')
  expect(fetchAsGiven).toHaveBeenCalledOnce()
  vi.restoreAllMocks()
})
