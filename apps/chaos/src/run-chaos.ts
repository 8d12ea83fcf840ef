/** One run: people with files, servers that die, a Cloudflare that fails; and what is left is judged. */
import { collectEvidence } from './evidence.ts'
import type { Evidence } from './evidence.ts'
import { createGovernor } from './governor.ts'
import { judge } from './judge.ts'
import type { Finding } from './judge.ts'
import { live } from './live.ts'
import { planUploads } from './plan.ts'
import { settle } from './settle.ts'
import { signIn } from './sign-in.ts'
import { openStage } from './stage.ts'
import type { Stage, StageOptions } from './stage.ts'
import type { Story } from './story.ts'
import { beginTrouble } from './trouble.ts'
import type { Breakage } from './trouble.ts'

export interface ChaosOptions extends Omit<StageOptions, 'outages'> {
  readonly uploads: number
  /** Files that are picked within a minute, by the clock of the run. */
  readonly perMinute: number
  readonly trouble: 'on' | 'off'
  readonly breakages: readonly Breakage[]
  readonly onProgress: (what: string) => void
}

export interface ChaosResult {
  readonly evidence: Evidence
  readonly findings: readonly Finding[]
  readonly stage: Pick<Stage, 'host' | 'servers'>
  readonly troubles: Readonly<Record<string, number>>
  /** By the clock of the run, and by a real one. */
  readonly durationMs: { readonly told: number; readonly real: number }
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** How long things go on going wrong after the last file was picked. */
const AFTER_MS = 3 * MINUTE_MS

/** What a plain call to our server takes at the most, by the clock of the run. */
const CALL_MS = 400

/** Runs it to its end. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const stage = await openStage({ ...options, outages: 'short' })
  const { onProgress } = options
  const governor = createGovernor(stage, { maxRate: options.rate, callMs: CALL_MS })
  const realStart = performance.now()
  const start = stage.clock.now()
  try {
    const { stories, troubles } = await play(stage, options)
    await settle(stage, { governor, onProgress })
    const { store, bytes, host, clock, servers } = stage
    const evidence = await collectEvidence({ stories, store, bytes, host: host.store })
    return {
      evidence,
      troubles,
      stage: { host, servers },
      findings: judge(evidence),
      durationMs: { told: clock.now() - start, real: performance.now() - realStart },
    }
  } finally {
    governor.stop()
    await stage.close()
  }
}

async function play(stage: Stage, options: ChaosOptions) {
  const { seed, uploads, perMinute, trouble, breakages, onProgress } = options
  const { clock, servers } = stage
  const arriveWithinMs = Math.ceil((uploads / perMinute) * MINUTE_MS)
  const plans = planUploads({ seed, uploads, arriveWithinMs })
  const owners = Math.max(...plans.map(({ owner }) => owner)) + 1
  const origins = servers.map(({ origin }) => origin)
  const signedIn = await signIn(origins[0] ?? '', owners)
  onProgress(`${owners} people are signed in`)
  const forMs = trouble === 'on' ? arriveWithinMs + AFTER_MS : 0
  const begun = beginTrouble(stage, { seed, forMs, extras: breakages, onProgress })
  const leaving = new AbortController()
  const living = plans.map(async (plan) => {
    await clock.sleep(plan.arrivesMs)
    const person = signedIn[plan.owner]
    if (!person) throw new TypeError(`Nobody is owner ${plan.owner}.`)
    return live({ ...person, clock, plan, origins, signal: leaving.signal })
  })
  const stories = await waitFor(living, {
    stage,
    leaving,
    untilMs: forMs + 2 * HOUR_MS,
    onProgress,
  })
  await begun.over
  return { stories, troubles: begun.counts() }
}

interface WaitFor {
  readonly stage: Stage
  readonly leaving: AbortController
  readonly untilMs: number
  readonly onProgress: (what: string) => void
}

/** Whoever has not come to an end by then is stuck. */
async function waitFor(
  living: readonly Promise<Story>[],
  { stage, leaving, untilMs, onProgress }: WaitFor,
): Promise<readonly Story[]> {
  let over = 0
  for (const one of living) void one.then(() => (over += 1))
  const cancel = stage.clock.schedule(() => leaving.abort(), untilMs)
  const told = setInterval(() => onProgress(`${over} of ${living.length} are over`), 5000)
  try {
    return await Promise.all(living)
  } finally {
    cancel()
    clearInterval(told)
  }
}
