import { describe, expect, test } from 'vitest'
import { answer, openAccount } from '../test-support/open-account.ts'
import type { Variant } from './variants.ts'

const tiny: Variant = { id: 'tiny', fit: 'cover', width: 8, height: 8 }

const whole = {
  ...tiny,
  metadata: 'none',
  browserTtlSeconds: null,
  neverRequireSignedURLs: false,
}

test('a variant is made, read, changed as a whole, and deleted', async () => {
  const { variants } = openAccount().client
  expect(await variants.create(tiny)).toEqual(whole)
  expect((await variants.list()).map(({ id }) => id)).toEqual(['public', 'tiny'])
  const change = {
    fit: 'pad',
    width: 9,
    height: 7,
    metadata: 'keep',
    browserTtlSeconds: 3600,
  } as const
  const open = await variants.update('tiny', { ...change, neverRequireSignedURLs: true })
  expect(open).toEqual({ ...change, id: 'tiny', neverRequireSignedURLs: true })
  expect(await variants.get('tiny')).toEqual(open)
  expect(await variants.update('tiny', change)).toEqual({ ...open, neverRequireSignedURLs: false })
  expect(await variants.delete('tiny')).toBe('deleted')
  expect(await variants.delete('tiny', { missingOk: true })).toBe('missing')
  await expect(variants.delete('tiny')).rejects.toMatchObject({ code: 'not_found' })
  await expect(variants.get('tiny')).rejects.toMatchObject({ code: 'not_found' })
})

describe('a new variant whose answer was lost', () => {
  test('is found, and not sent twice', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'variants', effect: 'lose-reply', times: 1 }])
    expect(await client.variants.create(tiny)).toEqual(whole)
    expect(sent).toEqual(['POST v1/variants', 'GET v1/variants/tiny'])
  })

  test('is sent again if it was not carried out', async () => {
    const { client, emulator } = openAccount()
    emulator.faults.set([{ on: 'variants', effect: 'answer', status: 500, times: 1 }])
    expect(await client.variants.create(tiny)).toEqual(whole)
  })

  test('is not taken for another one of that name', async () => {
    const { client, emulator } = openAccount()
    await client.variants.create({ ...tiny, width: 9 })
    emulator.faults.set([{ on: 'variants', effect: 'answer', status: 500, times: 1 }])
    await expect(client.variants.create(tiny)).rejects.toMatchObject({ status: 409 })
  })
})

describe('a new variant whose answer was lost is not taken for one of the same sides that', () => {
  test.each<[string, Partial<Variant>, Partial<Variant>]>([
    ['shows private images to everybody', { neverRequireSignedURLs: true }, {}],
    ['keeps what is in the file', { metadata: 'keep' }, {}],
    ['is cached for another time', { browserTtlSeconds: 3600 }, { browserTtlSeconds: 7200 }],
  ])('%s', async (_, there, asked) => {
    const { client, emulator } = openAccount()
    await client.variants.create({ ...tiny, ...there })
    emulator.faults.set([{ on: 'variants', effect: 'answer', status: 500, times: 1 }])
    const creation = client.variants.create({ ...tiny, ...asked })
    await expect(creation).rejects.toMatchObject({ status: 409 })
  })
})

test('a variant of the dashboard may lack a side, and have a fit that nobody knows', async () => {
  const variants = { wide: { id: 'wide', options: { fit: 'new', width: 9 } } }
  const { client } = openAccount({ fetch: async () => answer({ variants }) })
  expect(await client.variants.list()).toEqual([
    { ...whole, id: 'wide', fit: 'new', width: 9, height: null },
  ])
})

test.each([
  { ...tiny, id: '' },
  { ...tiny, id: 'x'.repeat(100) },
  { ...tiny, id: 'a/b' },
  { ...tiny, id: '..' },
  { ...tiny, width: 0 },
  { ...tiny, height: 1.5 },
  { ...tiny, width: Number.NaN },
  { ...tiny, browserTtlSeconds: 3599 },
  { ...tiny, browserTtlSeconds: 31_536_001 },
])('%j is refused before it is sent', async (variant) => {
  const { client, sent } = openAccount()
  const { id, ...changes } = variant
  const wrong = id === tiny.id ? RangeError : TypeError
  await expect(client.variants.create(variant)).rejects.toBeInstanceOf(wrong)
  await expect(client.variants.update(id, changes)).rejects.toBeInstanceOf(wrong)
  if (wrong === TypeError) {
    await expect(client.variants.get(id)).rejects.toBeInstanceOf(wrong)
    await expect(client.variants.delete(id)).rejects.toBeInstanceOf(wrong)
  }
  expect(sent).toEqual([])
})
