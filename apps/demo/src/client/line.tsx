import type { ReactNode } from 'react'
import { Sign, uploadSigns } from './sign.tsx'

/** How a line of an instrument stands. `plain`: it is a figure, neither good nor bad. */
export type Mark = 'working' | 'trying' | 'paused' | 'off' | 'plain'

export interface LineProps {
  readonly name: string
  readonly mark: Mark
  readonly state: string
  /** Instead of the sign of the mark. */
  readonly sign?: ReactNode
  /** The second line; an empty string is none. */
  readonly children?: ReactNode
}

/** One line of an instrument: what it is, how it stands, and what else is known. */
export function Line({ name, mark, state, sign = signs[mark], children = '' }: LineProps) {
  // What is not as it should be stands out.
  const tone = mark === 'working' || mark === 'plain' ? 'soft' : undefined
  return (
    <div data-status={mark}>
      <dt>
        <Sign>{sign}</Sign>
        {name}
      </dt>
      <dd className={tone}>
        <bdi>{state}</bdi>
      </dd>
      {children !== '' && (
        <dd className={tone}>
          <bdi>{children}</bdi>
        </dd>
      )}
    </div>
  )
}

const signs: { readonly [Name in Mark]: ReactNode } = {
  working: uploadSigns.ready,
  // An arrow that sets out
  trying: <path d="M2.5 8h11M9 3.5 13.5 8 9 12.5" />,
  // Two bars in a ring
  paused: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.5 6v4M9.5 6v4" />,
  off: uploadSigns.refused,
  plain: uploadSigns.waiting,
}
