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
  const { on, toggle, problem } = useFaults()
  return (
    <>
      <p className="soft">
        Break a part of the image host, then try an upload.{' '}
        <a className="soft" href="/__lightfast" target="_blank">
          See inside it
        </a>
      </p>
      {problem && <p role="alert">{problem}</p>}
      {on && parts.map((part) => <Part key={part} part={part} on={on} toggle={toggle} />)}
    </>
  )
}

interface PartProps {
  readonly part: Switch['part']
  readonly on: ReadonlySet<string>
  readonly toggle: Faults['toggle']
}

function Part({ part, on, toggle }: PartProps) {
  const own = switches.filter((one) => one.part === part)
  const broken = own.some(({ id }) => on.has(id))
  return (
    <fieldset>
      <legend data-status={broken ? 'broken' : 'well'}>
        {part} <span className="soft">{broken ? 'broken' : 'well'}</span>
      </legend>
      {own.map(({ id, name, effect }) => (
        <Fragment key={id}>
          <button
            role="switch"
            aria-checked={on.has(id)}
            aria-describedby={`${id}-effect`}
            onClick={() => toggle(id)}
          >
            {name}
          </button>
          <p id={`${id}-effect`} className="soft">
            {effect}
          </p>
        </Fragment>
      ))}
    </fieldset>
  )
}
