import { Fragment, useRef } from 'react'
import { DeadJobs } from './dead-jobs.tsx'
import { Line } from './line.tsx'
import { uploadSigns } from './sign.tsx'
import { toStock } from './stock.ts'
import type { Heard } from './use-status.ts'

/** Shows what an operator watches: uploads as they stand, what holds them up, and what is still to be done. */
export function OperatorPanel({ status }: Pick<Heard, 'status'>) {
  const heading = useRef<HTMLHeadingElement>(null)
  const stock = status && toStock(status)
  return (
    <section aria-labelledby="operator">
      {/* Takes the focus from a button that goes away. */}
      <h2 id="operator" ref={heading} tabIndex={-1}>
        What an operator watches
      </h2>
      <p className="soft">
        {status?.records.length === 0
          ? 'Nobody has uploaded anything yet.'
          : 'Everybody’s uploads as they stand, and what is still to be done.'}
      </p>
      {stock && (
        <>
          <h3 id="stock">Uploads</h3>
          <dl aria-labelledby="stock">
            {stock.uploads.map(({ id, sign, ...figure }) => (
              <Line key={id} {...figure} sign={uploadSigns[sign]} />
            ))}
            <Line {...stock.heldUp}>
              {stock.heldUp.reasons.map((reason) => (
                <Fragment key={reason}>
                  {reason}
                  <br />
                </Fragment>
              ))}
            </Line>
          </dl>
          <h3 id="jobs">Jobs waiting</h3>
          <dl aria-labelledby="jobs">
            {stock.jobs.map(({ id, ...figure }) => (
              <Line key={id} {...figure} />
            ))}
            {stock.dead > 0 && (
              <DeadJobs key={stock.dead} onReplay={() => heading.current?.focus()} />
            )}
          </dl>
        </>
      )}
    </section>
  )
}
