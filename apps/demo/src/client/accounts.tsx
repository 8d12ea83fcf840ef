import { useState } from 'react'
import type { Account, Visitor } from './api.ts'
import { Face } from './own-avatar.tsx'
import { people } from './people.ts'

interface AccountsProps {
  readonly visitor: Visitor
  /** Since when the faces are as they are, in ms since the epoch. */
  readonly facesAt: number
  readonly onChoose: (account: Account) => Promise<unknown>
}

/** Whose eyes the page is seen with. */
export function Accounts({ visitor: { account, userId }, facesAt, onChoose }: AccountsProps) {
  const [chosen, setChosen] = useState(account)
  const choose = (id: Account): void => {
    setChosen(id)
    onChoose(id).catch(() => setChosen(account))
  }
  return (
    <fieldset className="accounts columns">
      <legend>
        <h2>Look as</h2>
      </legend>
      {people.map(({ id, name, what }) => (
        <label key={id} className="card">
          <input type="radio" name="account" checked={id === chosen} onChange={() => choose(id)} />
          <Face id={toPersonId(userId, id)} name={name} at={facesAt} />
          <span>
            {name}
            <br />
            <span className="soft">{what}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

/** The people of one company are told apart by what follows the id of whoever opened the demo. */
function toPersonId(userId: string | null, account: Account): string | null {
  const [visitorId] = userId?.split(':') ?? []
  if (visitorId === undefined || account === 'nobody') return null
  return account === 'owner' ? visitorId : `${visitorId}:${account}`
}
