import { describe, expect, test } from 'vitest'
import { openAccount } from '../test-support/open-account.ts'
import type { CreateDirectUpload } from './direct-uploads.ts'

const minute = 60_000
const slot = { expiresAt: Date.now() + 30 * minute, privacy: 'private' } as const

const from = (ms: number): CreateDirectUpload => ({
  privacy: 'private',
  expiresAt: Date.now() + ms,
})

describe.each(['off', 'auto'] as const)('with the batch host %s, a direct upload', (batch) => {
  test('is a private draft with our metadata and creator', async () => {
    const { client } = openAccount({ batch })
    const { id, uploadURL } = await client.directUploads.create({
      ...slot,
      metadata: { attemptId: 'a1' },
      creator: 'ada',
    })
    expect(uploadURL).toContain(id)
    expect(await client.images.get(id)).toMatchObject({
      id,
      draft: true,
      requireSignedURLs: true,
      meta: { attemptId: 'a1' },
      creator: 'ada',
    })
  })

  test('may have an id of its own if it is public', async () => {
    const { client } = openAccount({ batch })
    const made = await client.directUploads.create({ ...slot, privacy: 'public', id: 'cats/tom' })
    expect(made).toEqual({ id: 'cats/tom', uploadURL: expect.stringContaining('cats%2Ftom') })
  })
})

test('one more draft does no harm, so a lost answer is asked for again', async () => {
  const { client, emulator } = openAccount()
  emulator.faults.set([{ on: 'direct-upload', effect: 'lose-reply', times: 1 }])
  await expect(client.directUploads.create(slot)).resolves.toHaveProperty('uploadURL')
})

test('an id of one’s own is taken after the first try, so a lost answer is not asked for again', async () => {
  const { client, emulator, sent } = openAccount()
  emulator.faults.set([{ on: 'direct-upload', effect: 'lose-reply', times: 1 }])
  const made = client.directUploads.create({ ...slot, privacy: 'public', id: 'a' })
  await expect(made).rejects.toMatchObject({ code: 'host_unreachable' })
  expect(sent.filter((line) => line.endsWith('direct_upload'))).toHaveLength(1)
})

describe('before it is sent', () => {
  test.each([0, -minute, 2 * minute, 360 * minute, Number.NaN, Infinity])(
    'an expiry %s ms from now is refused: the call could arrive too late, or too early',
    async (ms) => {
      const { client, sent } = openAccount()
      await expect(client.directUploads.create(from(ms))).rejects.toBeInstanceOf(RangeError)
      expect(sent).toEqual([])
    },
  )

  test.each([2.6 * minute, 359 * minute])('an expiry %s ms from now is fine', async (ms) => {
    const { client } = openAccount()
    await expect(client.directUploads.create(from(ms))).resolves.toBeDefined()
  })

  test('what Cloudflare would refuse is refused', async () => {
    const { client, sent } = openAccount()
    const { create } = client.directUploads
    await expect(create({ ...slot, metadata: { a: 'x'.repeat(1024) } })).rejects.toBeInstanceOf(
      RangeError,
    )
    await expect(create({ ...slot, creator: 'x'.repeat(1025) })).rejects.toBeInstanceOf(RangeError)
    await expect(create({ ...slot, privacy: 'public', id: 'Keys' })).rejects.toBeInstanceOf(
      TypeError,
    )
    // @ts-expect-error An image with an id of its own cannot be private.
    await expect(create({ ...slot, id: 'a' })).rejects.toBeInstanceOf(TypeError)
    expect(sent).toEqual([])
  })
})
