import { expect, test } from 'vitest'
import { accountNames, findPrincipal, isAccountName, nameOf, toPrincipal } from './accounts.ts'

test('everybody but the stranger is of the visitor’s own company, and an id leads back to who it is', () => {
  for (const name of accountNames) {
    const principal = toPrincipal('v', name)
    if (!principal) continue
    expect(findPrincipal(principal.id)).toEqual(principal)
    expect(principal.tenantId === 'v').toBe(name !== 'stranger')
    expect(nameOf(principal.id)).not.toBeNull()
  }
  expect(toPrincipal('v', 'owner')?.id).toBe('v')
})

test('nobody is nobody, and a name that was made up is none', () => {
  expect(toPrincipal('v', 'nobody')).toBeNull()
  expect(findPrincipal('v:root')).toBeNull()
  expect(nameOf('v:root')).toBeNull()
  expect(isAccountName('constructor')).toBe(false)
})
