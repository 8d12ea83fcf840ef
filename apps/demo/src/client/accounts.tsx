import { useState } from 'react'
import type { Account } from './api.ts'

interface AccountsProps {
  readonly account: Account
  readonly onChoose: (account: Account) => Promise<unknown>
}

/** Whose eyes the page is seen with. */
export function Accounts({ account, onChoose }: AccountsProps) {
  const [chosen, setChosen] = useState(account)
  const choose = (id: Account): void => {
    setChosen(id)
    onChoose(id).catch(() => setChosen(account))
  }
  return (
    <fieldset className="accounts">
      <legend>Look as</legend>
      {people.map(({ id, name, what }) => (
        <label key={id}>
          <input type="radio" name="account" checked={id === chosen} onChange={() => choose(id)} />
          <span>
            {name} <span className="soft">{what}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

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
