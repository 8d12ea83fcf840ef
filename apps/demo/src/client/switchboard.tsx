import { Fragment } from 'react'
import type { Visitor } from './api.ts'
import { switches } from './switches.ts'
import type { Switch } from './switches.ts'
import { useFaults } from './use-faults.ts'
import type { Faults } from './use-faults.ts'

const parts = ['API', 'Upload host', 'Verdict', 'Delivery'] as const

/** Breaks the local Cloudflare Images, part by part. The real one cannot be broken from here. */
export function Switchboard({ mode }: { readonly mode: Visitor['mode'] }) {
  if (mode === 'local') return <Board />
  return <p className="soft">This demo talks to your Cloudflare account, which has no switches.</p>
}

function Board() {
  const faults = useFaults()
  return (
    <>
      <p className="soft">Break a part of the image host, then try an upload.</p>
      {faults.problem && <p role="alert">{faults.problem}</p>}
      <div className="board">
        {parts.map((part) => (
          <Part key={part} part={part} faults={faults} />
        ))}
      </div>
    </>
  )
}

function Part({ part, faults }: { readonly part: Switch['part']; readonly faults: Faults }) {
  const own = switches.filter((one) => one.part === part)
  const broken = own.some(({ id }) => faults.on.has(id))
  return (
    <fieldset>
      <legend data-status={broken ? 'broken' : 'well'}>
        {part} <span>{broken ? 'broken' : 'well'}</span>
      </legend>
      {own.map(({ id, name, effect }) => (
        <Fragment key={id}>
          <button
            role="switch"
            aria-checked={faults.on.has(id)}
            aria-describedby={`${id}-effect`}
            onClick={() => faults.toggle(id)}
          >
            {name}
          </button>
          <p id={`${id}-effect`}>{effect}</p>
        </Fragment>
      ))}
    </fieldset>
  )
}
