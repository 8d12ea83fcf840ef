/** Lets things go wrong as planned, until the time is over. */
import type { Fault } from '@lightfast/emulator'
import { createDice } from './dice.ts'
import { LIST_LAG_MS, planPhases } from './phases.ts'
import type { Phase } from './phases.ts'
import type { Stage } from './stage.ts'

export interface TroubleOptions {
  readonly seed: number
  /** How long it lasts, in ms. */
  readonly forMs: number
  /** What else can break besides Cloudflare and our servers. */
  readonly extras: readonly Breakage[]
  readonly onProgress: (what: string) => void
}

/** Something of ours that is broken at once, and whole again when it resolves. */
export interface Breakage {
  readonly name: string
  readonly breakIt: () => Promise<void>
}

export interface Trouble {
  /** Resolves when everything works again. */
  readonly over: Promise<void>
  /** How often what was broken. */
  readonly counts: () => Readonly<Record<string, number>>
}

/** Lists lag always: that is no trouble. */
const always: readonly Fault[] = [{ on: 'list', effect: 'list-lag', ms: LIST_LAG_MS }]

/** Begins it. */
export function beginTrouble(stage: Stage, options: TroubleOptions): Trouble {
  const { seed, forMs, extras } = options
  const { clock, host } = stage
  const counts = new Map<string, number>()
  host.faults.set(always)
  const phases = planPhases(seed, forMs).map(runPhase)
  const servers = stage.servers.map((server, at): Breakage => ({
    name: `kill of server ${at + 1}`,
    breakIt: server.crash,
  }))
  let breaking: Promise<void> = Promise.resolve()
  const breaks = [...servers, ...extras].map((one) => breakAgain(one))
  const over = Promise.all([...phases, ...breaks]).then(() => host.faults.set(always))
  return { over, counts: () => Object.fromEntries(counts) }

  async function runPhase({ name, fromMs, forMs, faults }: Phase): Promise<void> {
    await clock.sleep(fromMs)
    note(name)
    host.faults.add(faults)
    await clock.sleep(forMs)
    host.faults.remove(faults)
  }

  async function breakAgain({ name, breakIt }: Breakage): Promise<void> {
    const dice = createDice(seed, 'breakage', name)
    const until = clock.now() + forMs
    for (;;) {
      const pauseMs = dice.between(...PAUSES_MS)
      if (clock.now() + pauseMs > until) return
      await clock.sleep(pauseMs)
      // One after the other: what starts again needs the others.
      breaking = breaking.then(() => {
        note(name)
        return breakIt()
      })
      await breaking
    }
  }

  function note(name: string): void {
    counts.set(name, (counts.get(name) ?? 0) + 1)
    options.onProgress(name)
  }
}

const PAUSES_MS = [90_000, 300_000] as const
