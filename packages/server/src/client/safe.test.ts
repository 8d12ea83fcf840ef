import { ImagesError } from '@lightfast/core'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { openAccount } from '../test-support/open-account.ts'
import type { CloudflareImage } from './cloudflare-image.ts'
import type { SafeResult } from './safe.ts'

const names = (resources: object): object =>
  Object.entries(resources).map(([name, resource]) => [name, Object.keys(resource)])

test('a call that succeeds gives its value, and one that fails gives its error', async () => {
  const { safe } = openAccount().client
  const made = await safe.variants.create({ id: 'tiny', fit: 'pad', width: 1, height: 1 })
  expect(made).toEqual({ ok: true, value: expect.objectContaining({ id: 'tiny' }) })
  const read = await safe.images.get('nothing')
  expect(read).toEqual({ ok: false, error: expect.any(ImagesError) })
  expect(read).toMatchObject({ error: { code: 'not_found' } })
})

test('there is a safe one of every call, and of nothing that is read item by item', () => {
  const { safe, ...client } = openAccount().client
  const { images, directUploads, variants, keys, stats, config } = client
  const { list, ...calls } = images
  expect(names(safe)).toEqual(
    names({ images: calls, directUploads, variants, keys, stats, config }),
  )
  expect(list).toBeTypeOf('function')
  expect(Object.isFrozen(safe) && Object.isFrozen(safe.images)).toBe(true)
})

describe('what still throws', () => {
  test('is what is wrong in the caller’s code', async () => {
    const { safe } = openAccount().client
    await expect(safe.images.get('keys')).rejects.toBeInstanceOf(TypeError)
    await expect(safe.images.listPage({ perPage: 1 })).rejects.toBeInstanceOf(RangeError)
    await expect(safe.stats.get({ deadlineMs: 0 })).rejects.toBeInstanceOf(RangeError)
  })

  test('is the caller’s own abort', async () => {
    const { safe } = openAccount().client
    const signal = AbortSignal.abort(new Error('left'))
    await expect(safe.images.get('a', { signal })).rejects.toThrow('left')
  })
})

test('its types follow the calls', () => {
  const { safe } = openAccount().client
  expectTypeOf(safe.images.get).returns.resolves.toEqualTypeOf<SafeResult<CloudflareImage>>()
  expectTypeOf(safe.images.delete).returns.resolves.toEqualTypeOf<
    SafeResult<'deleted' | 'missing'>
  >()
  expectTypeOf(safe.images.get).parameter(0).toEqualTypeOf<string>()
  expectTypeOf(safe.images).not.toHaveProperty('list')
  expectTypeOf(safe.variants).toHaveProperty('list')
})
