import type { CSSProperties } from 'react'
import type { Status } from './api.ts'
import { Line } from './line.tsx'
import { describeRow } from './status-rows.ts'
import { useCountdown } from './use-countdown.ts'
import { SILENT } from './use-status.ts'
import type { Heard } from './use-status.ts'

/** Shows what holds the app together while the image host fails, live. */
export function CircuitPanel({ at, rows, status, silent, news }: Heard) {
  const now = useCountdown(rows, at)
  return (
    <section aria-labelledby="circuits">
      <h2 id="circuits">Behind the scenes</h2>
      <p className="soft">
        {silent
          ? `${SILENT} ${status ? 'This is the last we heard.' : ''}`
          : 'When a part of the image host fails, this app stops calling it for a while.'}
      </p>
      {status && (
        <dl>
          {rows.map((row) => (
            <Line key={row.id} {...row}>
              {describeRow(row, now)}
            </Line>
          ))}
          <Budget budget={status.budget} />
        </dl>
      )}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- an output would be the result of a form */}
      <p role="status" style={unseen}>
        {news.text}
      </p>
    </section>
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
