import { useCallback, useState } from 'react'
import { switches } from './switches.ts'
import { useLoaded } from './use-loaded.ts'

export interface Faults {
  /** The ids of the switches that are on. */
  readonly on: ReadonlySet<string>
  readonly toggle: (id: string) => void
  readonly problem: string | null
}

const CONTROL = '/__lightfast/faults'
const none: ReadonlySet<string> = new Set()

/** Reads and sets the faults of the local Cloudflare Images. Its list is the truth: another tab may set it too. */
export function useFaults(): Faults {
  const [loaded, reload] = useLoaded(readOn)
  const [stuck, setStuck] = useState(false)
  const on = loaded.status === 'loaded' ? loaded.value : none

  const toggle = useCallback(
    (id: string) => {
      const next = new Set(on)
      if (!next.delete(id)) next.add(id)
      write(next)
        .then(
          () => setStuck(false),
          () => setStuck(true),
        )
        .finally(reload)
    },
    [on, reload],
  )
  return { on, toggle, problem: toProblem(loaded.status === 'failed', stuck) }
}

function toProblem(silent: boolean, stuck: boolean): string | null {
  if (silent) return 'The switchboard does not answer.'
  return stuck ? 'The switch did not move. Try again.' : null
}

/** A switch is on if all of its faults are listed, whatever else the list tells of them. */
async function readOn(): Promise<ReadonlySet<string>> {
  const listed = await (await fetch(CONTROL)).text()
  const isListed = (fault: object) => listed.includes(JSON.stringify(fault).slice(1, -1))
  return new Set(switches.filter(({ faults }) => faults.every(isListed)).map(({ id }) => id))
}

async function write(on: ReadonlySet<string>): Promise<void> {
  const faults = switches.filter(({ id }) => on.has(id)).flatMap((one) => one.faults)
  const reply = await fetch(CONTROL, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(faults),
  })
  if (!reply.ok) throw new Error(`The switchboard answered ${reply.status}.`)
}
