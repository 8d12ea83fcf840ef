import { useState } from 'react'
import { readDeadJobs, replayJob } from './api.ts'
import type { DeadJob } from './api.ts'
import { failurePhrases } from './failure-phrases.ts'
import { Line } from './line.tsx'
import { jobNames } from './stock.ts'
import { useLoaded } from './use-loaded.ts'

interface DeadJobsProps {
  readonly onReplay: () => void
}

/** Lists jobs that were given up, each with a way to try it again. */
export function DeadJobs({ onReplay }: DeadJobsProps) {
  const [jobs] = useLoaded(readDeadJobs)
  if (jobs.status !== 'loaded') return null
  return jobs.value.map((job) => <Dead key={job.key} job={job} onReplay={onReplay} />)
}

function Dead({ job: { key, kind, code }, onReplay }: DeadJobsProps & { readonly job: DeadJob }) {
  const [status, setStatus] = useState<'resting' | 'busy' | 'stuck'>('resting')
  function replay(): void {
    if (status === 'busy') return
    setStatus('busy')
    replayJob(key).then(onReplay, () => setStatus('stuck'))
  }
  const name = jobNames[kind]
  return (
    <Line name="Given up" mark="off" state={name}>
      Because {code === null ? 'nobody knows why' : failurePhrases[code]}.{' '}
      <button aria-label={`Replay, ${name}`} onClick={replay}>
        Replay
      </button>
      {status === 'stuck' && <span role="alert"> That did not work.</span>}
    </Line>
  )
}
