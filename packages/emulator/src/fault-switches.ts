import type { Fault, FaultStep, ListedFault } from './faults.ts'

/** Turns faults on and off while the emulator runs. */
export interface FaultSwitches {
  /** Replaces all faults. */
  readonly set: (faults: readonly Fault[]) => void
  /** Lists the faults, used-up ones with `remaining: 0`. */
  readonly list: () => readonly ListedFault[]
  readonly clear: () => void
}

/** The emulator's own side of the switches. */
export interface FaultBoard extends FaultSwitches {
  /** Takes what acts on this request, counting it: every delay of the step and the first other effect. */
  readonly take: (step: FaultStep) => readonly Fault[]
}

/** Creates a board with these faults switched on. */
export function createFaultBoard(initial: readonly Fault[]): FaultBoard {
  let entries = initial.map(toEntry)
  return {
    set(faults) {
      entries = faults.map(toEntry)
    },
    list: () => entries.map(({ fault, remaining }) => ({ ...fault, remaining })),
    clear() {
      entries = []
    },
    take(step) {
      const acting = choose(entries.filter((entry) => isLive(entry, step)))
      for (const entry of acting) if (entry.remaining !== null) entry.remaining -= 1
      return acting.map(({ fault }) => fault)
    },
  }
}

interface Entry {
  readonly fault: Fault
  remaining: number | null
}

const toEntry = (fault: Fault): Entry => ({ fault, remaining: fault.times ?? null })

const isLive = ({ fault, remaining }: Entry, step: FaultStep): boolean =>
  fault.on === step && remaining !== 0

function choose(live: readonly Entry[]): readonly Entry[] {
  const delays = live.filter(({ fault }) => fault.effect === 'delay')
  const other = live.find(({ fault }) => fault.effect !== 'delay')
  return other ? [...delays, other] : delays
}
