import type { CSSProperties, ReactNode } from 'react'
import type { Status } from './api.ts'
import { describeRow } from './status-rows.ts'
import type { Row } from './status-rows.ts'
import { useCountdown } from './use-countdown.ts'
import { SILENT, useStatus } from './use-status.ts'

/** Shows what holds the app together while the image host fails, live. */
export function CircuitPanel() {
  const { at, rows, budget, silent, news } = useStatus()
  const now = useCountdown(rows, at)
  return (
    <section aria-labelledby="circuits">
      <h2 id="circuits">Behind the scenes</h2>
      <p className="soft">
        {silent
          ? `${SILENT} ${budget ? 'This is the last we heard.' : ''}`
          : 'When a part of the image host fails, this app stops calling it for a while.'}
      </p>
      {budget && (
        <dl>
          {rows.map((row) => (
            <Line key={row.id} {...row}>
              {describeRow(row, now)}
            </Line>
          ))}
          <Budget budget={budget} />
        </dl>
      )}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output would be the result of a form */}
      <p role="status" style={unseen}>
        {news.text}
      </p>
    </section>
  )
}

interface LineProps extends Pick<Row, 'name' | 'mark' | 'state'> {
  /** Instead of the sign of the state. */
  readonly sign?: ReactNode
  readonly children: ReactNode
}

/** Its sign has a shape of its own and a word beside it: the colour only underlines them. */
function Line({ name, mark, state, sign = signs[mark], children }: LineProps) {
  // What is not as it should be stands out.
  const tone = mark === 'working' ? 'soft' : undefined
  return (
    <div data-status={mark}>
      <dt>
        <svg
          viewBox="0 0 16 16"
          width="16"
          height="16"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          {sign}
        </svg>
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

function Budget({ budget: { tokens, of } }: { readonly budget: Status['budget'] }) {
  const low = of / 4
  const state = `${Math.floor(tokens)} of ${of}`
  return (
    <Line name="Retry budget" mark={tokens < low ? 'paused' : 'working'} state={state} sign={gauge}>
      <meter aria-label="Retry budget" value={tokens} max={of} low={low} optimum={of} /> Second
      tries draw on it.
    </Line>
  )
}

const signs: { readonly [Mark in Row['mark']]: ReactNode } = {
  // A tick in a ring
  working: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.5 8.25l1.75 1.75 3.25-3.75" />,
  // An arrow that sets out
  trying: <path d="M2.5 8h11M9 3.5 13.5 8 9 12.5" />,
  // Two bars in a ring
  paused: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.5 6v4M9.5 6v4" />,
  // A ring with a bar
  off: <path d="M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM3.9 3.9l8.2 8.2" />,
}

const gauge = <path d="M3.4 12.5a6 6 0 1 1 9.2 0M8 8.75l2.5-3" />

/** Out of sight but not out of hearing. */
const unseen: CSSProperties = {
  position: 'absolute',
  inlineSize: 1,
  blockSize: 1,
  overflow: 'hidden',
  clipPath: 'inset(50%)',
  whiteSpace: 'nowrap',
}
