import { Fragment } from 'react'
import type { Switches } from './use-switches.ts'

export interface SwitchWords {
  readonly id: string
  readonly name: string
  readonly effect: string
}

interface FieldsetProps extends Pick<Switches, 'toggle'> {
  readonly name: string
  /** Whether the part is as it should be, and the word for it. */
  readonly status: 'well' | 'broken'
  readonly state: string
  readonly on: ReadonlySet<string>
  readonly switches: readonly SwitchWords[]
  /** What is meant to be on is no alarm when it is. */
  readonly kind: 'fault' | 'way'
}

/** A part of the switchboard: its lamp, and its switches with what each does. */
export function Fieldset({ name, status, state, on, switches, kind, toggle }: FieldsetProps) {
  return (
    <fieldset data-kind={kind}>
      <legend data-status={status}>
        {name} <bdi className="soft">{state}</bdi>
      </legend>
      {switches.map(({ id, name: label, effect }) => (
        <Fragment key={id}>
          <button
            role="switch"
            aria-checked={on.has(id)}
            aria-describedby={`${id}-effect`}
            onClick={() => toggle(id)}
          >
            {label}
          </button>
          <p id={`${id}-effect`} className="soft">
            {effect}
          </p>
        </Fragment>
      ))}
    </fieldset>
  )
}
