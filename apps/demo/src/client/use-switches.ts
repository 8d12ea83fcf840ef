import { useRef, useState } from 'react'
import { useLoaded } from './use-loaded.ts'

export interface Switches {
  /** The ids of the switches that are on; null while nobody knows. */
  readonly on: ReadonlySet<string> | null
  readonly toggle: (id: string) => void
  readonly problem: string | null
}

/** Where the switches are kept. Made once, outside of a component. */
export interface SwitchStore {
  readonly read: () => Promise<ReadonlySet<string>>
  readonly write: (on: ReadonlySet<string>) => Promise<void>
}

/** Reads and sets a group of switches. What is kept is the truth: another tab may set it too. */
export function useSwitches({ read, write }: SwitchStore): Switches {
  const [loaded, reload] = useLoaded(read)
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [stuck, setStuck] = useState(false)
  const writing = useRef(Promise.resolve())
  const listed = loaded.status === 'loaded' ? loaded.value : null
  const on = wanted !== null && wanted.over === listed ? wanted.on : listed

  /** One write follows another, so that two quick turns are two; what is kept is read after the last. */
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

/** What the switches were set to; it counts until what is kept has been read again. */
interface Wanted {
  readonly on: ReadonlySet<string>
  readonly over: ReadonlySet<string> | null
}

function toProblem(silent: boolean, stuck: boolean): string | null {
  if (silent) return 'The switchboard does not answer.'
  return stuck ? 'The switch did not move. Try again.' : null
}
