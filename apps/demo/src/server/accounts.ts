/** The people of the demo. Each visitor has a small company of their own, so that no two visitors meet. */
import type { Principal } from '@lightfast/server'

export const accountNames = ['owner', 'free', 'premium', 'colleague', 'stranger', 'nobody'] as const

export type AccountName = (typeof accountNames)[number]

interface Account {
  readonly name: string
  readonly groups: readonly string[]
  readonly tier: string | null
}

/** Who looks at the photos, besides the visitor who uploads them. */
const accounts: Readonly<Record<Exclude<AccountName, 'nobody'>, Account>> = {
  owner: { name: 'Robin Vale', groups: [], tier: 'premium' },
  free: { name: 'Noor Haddad', groups: ['image_viewer'], tier: 'free' },
  premium: { name: 'Mika Lund', groups: ['image_viewer'], tier: 'premium' },
  colleague: { name: 'Ana Brandt', groups: [], tier: 'free' },
  stranger: { name: 'Kit Marlow', groups: ['image_viewer'], tier: 'premium' },
}

/** Tells who an account of a visitor is. The stranger belongs to another company. */
export function toPrincipal(visitorId: string, account: AccountName): Principal | null {
  if (account === 'nobody') return null
  const { groups, tier } = accounts[account]
  const tenantId = account === 'stranger' ? `${visitorId} elsewhere` : visitorId
  return { id: account === 'owner' ? visitorId : `${visitorId}:${account}`, tenantId, groups, tier }
}

/** Reads an id back: whoever has handed on a link is looked up anew on every view. */
export function findPrincipal(id: string): Principal | null {
  const [visitorId = '', account = 'owner'] = id.split(':')
  return isAccountName(account) ? toPrincipal(visitorId, account) : null
}

/** Asks whether a text from outside names an account. */
export function isAccountName(name: string): name is AccountName {
  return accountNames.some((known) => known === name)
}

/** The name of a person, for the letters where there is no picture. */
export function nameOf(id: string): string | null {
  const [, account = 'owner'] = id.split(':')
  return isAccountName(account) && account !== 'nobody' ? accounts[account].name : null
}
