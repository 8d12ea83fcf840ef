/** When what goes wrong, thrown before anything begins. */
import { scenarios } from '@lightfast/emulator'
import type { Fault } from '@lightfast/emulator'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'

/** Some faults that are on for a while. Times are from the beginning of the run, in ms. */
export interface Phase {
  readonly name: string
  readonly fromMs: number
  readonly forMs: number
  readonly faults: readonly Fault[]
}

/** How much later than its creation a new image is listed, always. Less than our server reckons with. */
export const LIST_LAG_MS = 50_000

/** How many phases overlap. */
const TRACKS = 2

/** Makes the phases of a run that ends by then: on each track one after the other, with a rest in between. */
export function planPhases(seed: number, untilMs: number): readonly Phase[] {
  return Array.from({ length: TRACKS }, (_, track) => planTrack(seed, track, untilMs)).flat()
}

function planTrack(seed: number, track: number, untilMs: number): readonly Phase[] {
  const dice = createDice(seed, 'track', track)
  const phases: Phase[] = []
  let fromMs = dice.between(0, 20_000)
  while (fromMs < untilMs) {
    const forMs = Math.min(dice.between(10_000, 75_000), untilMs - fromMs)
    const name = dice.pick(names)
    phases.push({ name, fromMs, forMs, faults: makers[name](dice) })
    fromMs += forMs + dice.between(1000, 40_000)
  }
  return phases
}

const makers = {
  'no-slots': (dice) => [{ on: 'direct-upload', ...dice.pick(brokenAnswers) }],
  'no-api': (dice) => [{ on: 'api', ...dice.pick(brokenAnswers) }],
  'no-api-uploads': (dice) => [{ on: 'api-upload', ...dice.pick(brokenAnswers) }],
  'no-details': (dice) => [{ on: ['details', 'list'], ...dice.pick(brokenAnswers) }],
  'no-deletes': (dice) => [{ on: 'delete', ...dice.pick(brokenAnswers) }],
  'july-2026': () => scenarios.july2026,
  'february-2025': () => scenarios.february2025,
  silence: () => [{ on: ['upload', 'direct-upload'], effect: 'stall', chance: 0.5 }],
  'resets-at-host': (dice) => [
    { on: 'upload', effect: 'drop', atByte: dice.between(0, 4000), chance: 0.6 },
    { on: 'upload', effect: 'truncate', atByte: dice.between(0, 100), chance: 0.6 },
  ],
  'resets-at-api': (dice) => [
    { on: 'api', effect: 'drop', atByte: 0, chance: 0.3 },
    { on: 'api', effect: 'truncate', atByte: dice.between(0, 40), chance: 0.3 },
  ],
  'replies-lost': () => [
    { on: ['upload', 'api-upload', 'direct-upload'], effect: 'lose-reply', chance: 0.6 },
  ],
  'replies-unreadable': () => [{ on: 'api', effect: 'malform', as: 'half', chance: 0.5 }],
  throttled: (dice) => [{ on: 'api', effect: 'rate-limit', seconds: dice.between(5, 60) }],
  'drafts-linger': (dice) => [
    { on: 'upload', effect: 'settle-later', ms: dice.between(5000, 240_000), chance: 0.7 },
  ],
  slow: (dice) => [
    {
      on: ['upload', 'api-upload', 'direct-upload', 'details'],
      effect: 'delay',
      ms: dice.between(500, 7000),
    },
  ],
  webhooks: () => [
    { on: 'webhook', effect: 'lose', chance: 0.3 },
    { on: 'webhook', effect: 'reorder', chance: 0.3 },
    { on: 'webhook', effect: 'duplicate', copies: 2, chance: 0.5 },
  ],
} as const satisfies Readonly<Record<string, (dice: Dice) => readonly Fault[]>>

type PhaseName = keyof typeof makers

const names: readonly (readonly [PhaseName, number])[] = [
  ['no-slots', 1],
  ['no-api', 1],
  ['no-api-uploads', 2],
  ['no-details', 2],
  ['no-deletes', 2],
  ['july-2026', 2],
  ['february-2025', 1],
  ['silence', 1],
  ['resets-at-host', 4],
  ['resets-at-api', 2],
  ['replies-lost', 6],
  ['replies-unreadable', 1],
  ['throttled', 1],
  ['drafts-linger', 4],
  ['slow', 1],
  ['webhooks', 3],
]

type Broken =
  | { readonly effect: 'answer'; readonly status: number; readonly code?: number }
  | { readonly effect: 'malform'; readonly as: 'html' }
  | { readonly effect: 'stall' }

const brokenAnswers: readonly (readonly [Broken, number])[] = [
  [{ effect: 'answer', status: 503 }, 1],
  [{ effect: 'answer', status: 500, code: 5500 }, 1],
  [{ effect: 'answer', status: 200, code: 5550 }, 1],
  [{ effect: 'malform', as: 'html' }, 1],
  [{ effect: 'stall' }, 1],
]
