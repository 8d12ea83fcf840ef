import { useRef, useState } from 'react'
import { switches } from './switches.ts'
import { useLoaded } from './use-loaded.ts'

export interface Faults {
  /** The ids of the switches that are on; null while nobody knows. */
  readonly on: ReadonlySet<string> | null
  readonly toggle: (id: string) => void
  readonly problem: string | null
}

const CONTROL = '/__lightfast/faults'

/** Reads and sets the faults of the local Cloudflare Images. Its list is the truth: another tab may set it too. */
export function useFaults(): Faults {
  const [loaded, reload] = useLoaded(readOn)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [stuck, setStuck] = useState(false)
  const writing = useRef(Promise.resolve())
  const listed = loaded.status === 'loaded' ? loaded.value : null
  const on = wanted !== null && wanted.over === listed ? wanted.on : listed

  /** One write follows another, so that two quick turns are two; the list is read after the last. */
  function toggle(id: string): void {
    if (on === null) return
    const turned = new Set(on)
    if (!turned.delete(id)) turned.add(id)
    setWanted({ on: turned, over: listed })
    const turn = writing.current.then(() => save(turned))
    writing.current = turn
    void turn.then(() => turn === writing.current && reload())
  }

  async function save(turned: ReadonlySet<string>): Promise<void> {
    try {
      await write(turned)
      setStuck(false)
    } catch {
      setStuck(true)
    }
  }
  return { on, toggle, problem: toProblem(loaded.status === 'failed', stuck) }
}

/** What the switches were set to; it counts until the list it was set over has been read again. */
interface Wanted {
  readonly on: ReadonlySet<string>
  readonly over: ReadonlySet<string> | null
}

function toProblem(silent: boolean, stuck: boolean): string | null {
  if (silent) return 'The switchboard does not answer.'
  return stuck ? 'The switch did not move. Try again.' : null
}

/** A switch is on if all of its faults are listed, whatever else the list tells of them. */
async function readOn(): Promise<ReadonlySet<string>> {
  const reply = await fetch(CONTROL)
  if (!reply.ok) throw new Error(`The switchboard answered ${reply.status}.`)
  const listed = await reply.text()
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
