import type { Account, Visitor } from './api.ts'

/** The same names as on the server, which draws their letters. */
export const people: readonly {
  readonly id: Account
  readonly name: string
  readonly what: string
}[] = [
  { id: 'owner', name: 'Robin Vale', what: 'whose photos they are' },
  { id: 'free', name: 'Noor Haddad', what: 'a viewer, free plan' },
  { id: 'premium', name: 'Mika Lund', what: 'a viewer, premium plan' },
  { id: 'colleague', name: 'Ana Brandt', what: 'of the same company' },
  { id: 'stranger', name: 'Kit Marlow', what: 'of another company' },
  { id: 'nobody', name: 'Nobody', what: 'signed out' },
]

export function nameOf({ account }: Visitor): string {
  return people.find(({ id }) => id === account)?.name ?? ''
}
