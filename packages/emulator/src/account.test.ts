import { expect, test } from 'vitest'
import { createAccount } from './account.ts'
import type { AccountState } from './account.ts'

const initial: AccountState = {
  variants: [],
  signingKeys: [],
  flexibleVariants: false,
  browserTtlSeconds: null,
}

test('begins with what it is given, changes, and can be set back', () => {
  const account = createAccount(initial, undefined)
  account.change({ flexibleVariants: true })
  expect(account.state()).toEqual({ ...initial, flexibleVariants: true })
  account.reset()
  expect(account.state()).toEqual(initial)
})

test('goes on where it was saved, whatever it is given', () => {
  let saved: AccountState | undefined
  const store = { load: () => saved, save: (state: AccountState) => void (saved = state) }
  createAccount(initial, store).change({ browserTtlSeconds: 3600 })
  const again = createAccount({ ...initial, flexibleVariants: true }, store)
  expect(again.state()).toEqual({ ...initial, browserTtlSeconds: 3600 })
})
