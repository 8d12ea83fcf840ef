import { describe, expect, test } from 'vitest'
import { createNodeEmulator } from '../node/create-node-emulator.ts'
import { localAccount } from '../options.ts'
import { scenarios } from '../scenarios.ts'
import { createMemoryStore } from '../store.ts'
import { read } from '../test-support/account.ts'
import { decode, makePicture } from '../test-support/pictures.ts'
import { useEmulator } from './use-emulator.ts'
import type { Emulator } from '../emulator.ts'

const store = createMemoryStore()
const plain = useEmulator()
const kept = useEmulator({ store })
const withPixels = useEmulator({ create: createNodeEmulator })
const seen: Emulator[] = []

/** Runs while the tests are collected, before any of them. */
const early = tryEarly()

test('gives no emulator outside of a test', () => {
  expect(early).toContain('within a test')
})

describe.each([1, 2])('test %i', () => {
  test('has an emulator of its own, with no faults and no requests', async () => {
    expect(seen).not.toContain(plain())
    expect(plain().faults.list()).toEqual([])
    expect(plain().requests()).toEqual([])
    seen.push(plain())
    plain().faults.set(scenarios.july2026)
    await plain().fetch(new Request('https://imagedelivery.net/a/b/c'))
    expect(plain().requests()).toHaveLength(1)
  })

  test('finds a store that it shares empty', async () => {
    expect(await store.list()).toEqual([])
    const facts = { id: 'a', createdAt: 0, meta: {}, creator: null, requireSignedURLs: false }
    await store.put({ facts, status: 'draft', expiresAt: 1 })
    expect(kept().faults.list()).toEqual([])
  })
})

test('has true pixels where it is told how to make them', async () => {
  const api = `https://api.cloudflare.com/client/v4/accounts/${localAccount.accountId}/images/v1`
  const body = new FormData()
  body.set('file', await makePicture(40, 20))
  const headers = { Authorization: `Bearer ${localAccount.writeToken}` }
  const made = await withPixels().fetch(new Request(api, { method: 'POST', headers, body }))
  const { id } = (await read(made)).result
  const url = `https://imagedelivery.net/${localAccount.accountHash}/${String(id)}/public`
  const picture = await decode(await withPixels().fetch(new Request(url)))
  expect([picture.width, picture.height]).toEqual([40, 20])
})

function tryEarly(): string {
  try {
    plain()
    return ''
  } catch (error) {
    return String(error)
  }
}
