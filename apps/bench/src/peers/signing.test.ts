import { expect, test } from 'vitest'
import * as jose from './jose.ts'
import * as nodeCrypto from './node-crypto.ts'
import * as ours from './our-signing.ts'

test('ours and the recipe by hand make the same URLs, so that the same is timed', async () => {
  const [our, hand] = [await ours.cases.page.prepare(0), await nodeCrypto.cases.page.prepare(0)]
  const signed = await our.call()
  expect(signed).toHaveLength(100)
  expect(signed).toEqual(await hand.call())
})

test.each([ours, nodeCrypto, jose])(
  'one after the other, no URL is the one before',
  async ({ cases }) => {
    const { call } = await cases.one.prepare(0)
    expect(await call()).not.toEqual(await call())
  },
)

test('a page of tokens is as long', async () => {
  const { call } = await jose.cases.page.prepare(0)
  expect(await call()).toHaveLength(100)
})
