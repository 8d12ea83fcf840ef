/** Keys, statistics and settings of the account. */
import { localAccount } from '@lightfast/emulator'
import { describe, expect, test } from 'vitest'
import { answer, makePicture, openAccount } from '../test-support/open-account.ts'

const first = { name: 'default', value: localAccount.signingKey }

describe('a signing key', () => {
  test('is added beside the others, and deleted', async () => {
    const { keys } = openAccount().client
    expect(await keys.list()).toEqual([first])
    const second = await keys.create('second')
    expect(second).toEqual({ name: 'second', value: expect.stringMatching(/.{16,}/) })
    expect(await keys.list()).toEqual([first, second])
    expect(await keys.delete('default')).toEqual([second])
  })

  test('is never replaced by another one of its name, which would break its links', async () => {
    const { client, sent } = openAccount()
    await expect(client.keys.create('default')).rejects.toMatchObject({
      code: 'invalid_request',
      field: 'name',
    })
    expect(await client.keys.list()).toEqual([first])
    expect(sent.filter((line) => line.startsWith('PUT'))).toEqual([])
  })

  test('whose answer was lost is found, and not made twice', async () => {
    const { client, emulator, sent } = openAccount()
    emulator.faults.set([{ on: 'keys', effect: 'lose-reply', after: 1, times: 1 }])
    const made = await client.keys.create('second')
    expect(await client.keys.list()).toEqual([first, made])
    expect(sent.filter((line) => line.startsWith('PUT'))).toHaveLength(1)
  })

  test('that is the last one has a new one in its place', async () => {
    const { keys } = openAccount().client
    const left = await keys.delete('default')
    expect(left).toEqual([{ name: 'default', value: expect.any(String) }])
    expect(left).not.toEqual([first])
  })

  test('whose deletion was not answered is gone', async () => {
    const { client, emulator } = openAccount()
    const second = await client.keys.create('second')
    emulator.faults.set([{ on: 'keys', effect: 'lose-reply', times: 1 }])
    expect(await client.keys.delete('default')).toEqual([second])
    await expect(client.keys.delete('default')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('that is not in the answer to its making is no key', async () => {
    const replies = [answer({ keys: [] }), answer({ keys: [first] })]
    const fetch = async (): Promise<Response> => replies.shift() ?? Response.error()
    const retry = { unsafeAttempts: 1, baseMs: 1 }
    const { client } = openAccount({ fetch, retry })
    await expect(client.keys.create('second')).rejects.toMatchObject({ code: 'host_reply_invalid' })
  })

  test.each(['', 'x'.repeat(21), '..', 'a\n'])('may not be called %j', async (name) => {
    const { client, sent } = openAccount()
    await expect(client.keys.create(name)).rejects.toThrow(/^(?!Cloudflare)/)
    await expect(client.keys.delete(name)).rejects.not.toHaveProperty('code')
    expect(sent.filter((line) => !line.startsWith('GET'))).toEqual([])
  })
})

test('the statistics count the images that have arrived', async () => {
  const { client } = openAccount({}, { settings: { allowedImages: 7 } })
  await client.images.upload({ file: makePicture() }, { privacy: 'private' })
  await client.directUploads.create({ privacy: 'private', expiresAt: Date.now() + 600_000 })
  expect(await client.stats.get()).toEqual({ current: 1, allowed: 7 })
})

describe('the settings', () => {
  test('are changed as far as they are named', async () => {
    const bodies: unknown[] = []
    const { client } = openAccount({
      async fetch(request) {
        bodies.push(await request.json())
        return answer({ flexible_variants: true })
      },
    })
    await client.config.update({ flexibleVariants: true })
    await client.config.update({ browserTtlSeconds: 3600 })
    expect(bodies).toEqual([{ flexible_variants: true }, { browser_ttl: 3600 }])
  })

  test('are taken by the emulator', async () => {
    const { client } = openAccount()
    const update = client.config.update({ flexibleVariants: true, browserTtlSeconds: 7200 })
    await expect(update).resolves.toBeUndefined()
  })

  test.each([0, 3599, 31_536_001, 3600.5])(
    'a browser may not keep pictures for %s s',
    async (seconds) => {
      const { client, sent } = openAccount()
      const update = client.config.update({ browserTtlSeconds: seconds })
      await expect(update).rejects.toBeInstanceOf(RangeError)
      expect(sent).toEqual([])
    },
  )
})
