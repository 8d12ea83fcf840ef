import { useEffect } from 'react'
import { CircuitPanel } from './circuit-panel.tsx'
import { OperatorPanel } from './operator-panel.tsx'
import { tellNews } from './page-news.ts'
import { useStatus } from './use-status.ts'

/** All that is read off the server while it runs. Both panels show the same moment. */
export function Instruments() {
  const heard = useStatus()
  const counts = heard.status?.records.map(({ state, count }) => `${state} ${count}`).join()
  useEffect(tellNews, [counts])
  return (
    <>
      <CircuitPanel {...heard} />
      <OperatorPanel status={heard.status} />
    </>
  )
}
