import { faultSteps } from './faults.ts'
import { InvalidFaultsError } from './parse-faults.ts'
import { createSeededRandom } from './seeded-random.ts'
import type { Fault, FaultStep, FaultTarget, ListedFault } from './faults.ts'

/** Turns faults on and off while the emulator runs. */
export interface FaultSwitches {
  /** Replaces all faults. */
  readonly set: (faults: readonly Fault[]) => void
  /** Switches more of them on, after those that are there. */
  readonly add: (faults: readonly Fault[]) => void
  /** Switches those off that are written like these. */
  readonly remove: (faults: readonly Fault[]) => void
  /** Lists the faults, used-up ones with `remaining: 0`. */
  readonly list: () => readonly ListedFault[]
  readonly clear: () => void
}

/** The emulator's own side of the switches. */
export interface FaultBoard extends FaultSwitches {
  /** Takes what acts on this request, counting it: all that only modify the step and the first other effect. */
  readonly take: (step: FaultStep, isAbout?: (imageId: string) => boolean) => readonly Fault[]
}

/** What the board needs to know of the emulator. */
export interface FaultBoardOptions {
  /** Milliseconds since the epoch. */
  readonly now?: () => number
  /** Without it a fault with a `chance` is refused. */
  readonly seed?: number | undefined
}

/** How long the API refuses everything once its limit was passed. */
const RATE_LIMIT_SECONDS = 300

/** Creates a board with these faults switched on. */
export function createFaultBoard(
  initial: readonly Fault[],
  { now = () => Date.now(), seed }: FaultBoardOptions = {},
): FaultBoard {
  let entries = toEntries(initial, seed)
  return {
    set(faults) {
      entries = toEntries(faults, seed)
    },
    add(faults) {
      entries = [...entries, ...toEntries(faults, seed)]
    },
    remove(faults) {
      const gone = new Set(faults.map((fault) => JSON.stringify(fault)))
      entries = entries.filter(({ fault }) => !gone.has(JSON.stringify(fault)))
    },
    list: () => entries.map((entry) => ({ ...entry.fault, remaining: remainingOf(entry, now()) })),
    clear() {
      entries = []
    },
    take(step, isAbout = () => false) {
      const met = entries.filter(({ fault }) => isMet(fault, step, isAbout))
      const acting = choose(met.filter((entry) => isDue(entry, now())))
      return acting.map((entry) => use(entry, now()))
    },
  }
}

interface Entry {
  readonly fault: Fault
  readonly random: () => number
  remaining: number | null
  seen: number
  /** When the block of a rate limit ends, once it has begun. */
  blockedUntil: number | null
}

const modifying: readonly Fault['effect'][] = ['delay', 'bandwidth', 'list-lag', 'clock-jump']

const elsewhere: readonly FaultStep[] = ['upload', 'delivery', 'webhook']
const apiSteps = faultSteps.filter((step) => !elsewhere.includes(step))

/** Every fault has dice of its own, so that what they show depends on nothing but the requests it meets. */
function toEntries(faults: readonly Fault[], seed: number | undefined): readonly Entry[] {
  return faults.map((fault, index) => {
    if (fault.chance !== undefined && seed === undefined) {
      throw new InvalidFaultsError(`${index}.chance`, 'needs the option seed of the emulator')
    }
    const remaining = 'times' in fault ? (fault.times ?? null) : null
    const random = createSeededRandom((seed ?? 0) + index)
    return { fault, random, remaining, seen: 0, blockedUntil: null }
  })
}

const isMet = (
  { on, image }: Fault,
  step: FaultStep,
  isAbout: (imageId: string) => boolean,
): boolean => covers(on, step) && (image === undefined || isAbout(image))

function covers(on: FaultTarget, step: FaultStep): boolean {
  if (on === 'api') return apiSteps.includes(step)
  return typeof on === 'string' ? on === step : on.includes(step)
}

function isDue(entry: Entry, now: number): boolean {
  const { after = 0, chance } = entry.fault
  entry.seen += 1
  if (remainingOf(entry, now) === 0) return false
  if (entry.blockedUntil !== null) return true
  return entry.seen > after && (chance === undefined || entry.random() < chance)
}

function choose(due: readonly Entry[]): readonly Entry[] {
  const modifiers = due.filter(({ fault }) => modifying.includes(fault.effect))
  const other = due.find(({ fault }) => !modifying.includes(fault.effect))
  return other ? [...modifiers, other] : modifiers
}

/** A rate limit is handed out with the seconds that are left of it. */
function use(entry: Entry, now: number): Fault {
  const { fault } = entry
  if (entry.remaining !== null) entry.remaining -= 1
  if (fault.effect !== 'rate-limit') return fault
  entry.blockedUntil ??= now + (fault.seconds ?? RATE_LIMIT_SECONDS) * 1000
  return { ...fault, seconds: Math.ceil((entry.blockedUntil - now) / 1000) }
}

const remainingOf = ({ remaining, blockedUntil }: Entry, now: number): number | null =>
  blockedUntil !== null && now >= blockedUntil ? 0 : remaining
