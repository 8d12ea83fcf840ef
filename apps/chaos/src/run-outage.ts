/** Cloudflare is down for an hour, API and upload host; and what happens when it is back. */
import type { Fault } from '@lightfast/emulator'
import { createDevice } from './device.ts'
import type { Device } from './device.ts'
import { collectEvidence } from './evidence.ts'
import { createGovernor } from './governor.ts'
import { judge } from './judge.ts'
import type { Finding } from './judge.ts'
import { measureOutage } from './measure-outage.ts'
import type { OutageFigures } from './measure-outage.ts'
import { openPage } from './page.ts'
import { LIST_LAG_MS } from './phases.ts'
import { planUploads } from './plan.ts'
import type { UploadPlan } from './plan.ts'
import { settle } from './settle.ts'
import { signIn } from './sign-in.ts'
import type { SignedIn } from './sign-in.ts'
import { openStage } from './stage.ts'
import type { Stage, StageOptions } from './stage.ts'
import type { Story } from './story.ts'

export interface OutageOptions extends Omit<StageOptions, 'outages'> {
  readonly uploads: number
  readonly onProgress: (what: string) => void
}

export interface OutageResult extends OutageFigures {
  readonly findings: readonly Finding[]
  readonly uploads: number
  /** How many were ready when the outage ended; none. */
  readonly readyBefore: number
}

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const ARRIVE_MS = 5 * MINUTE_MS

const lag: Fault = { on: 'list', effect: 'list-lag', ms: LIST_LAG_MS }
const down: readonly Fault[] = [
  lag,
  { on: 'api', effect: 'answer', status: 503 },
  { on: 'upload', effect: 'answer', status: 415, code: 5550 },
]

/** Runs it: everybody hands over a file and leaves; nobody is there when Cloudflare comes back. */
export async function runOutage(options: OutageOptions): Promise<OutageResult> {
  const stage = await openStage({ ...options, outages: 'long' })
  const { clock, host, store, bytes } = stage
  const governor = createGovernor(stage, { maxRate: options.rate, callMs: 400 })
  try {
    const plans = planOutage(options)
    const people = await signIn(stage.servers[0]?.origin ?? '', plans.length)
    const startedAt = clock.now()
    host.faults.set(down)
    const left = await handOver(stage, plans, people)
    options.onProgress('everybody has left')
    governor.allow({ maxRate: 150, callMs: 6000 })
    await clock.sleep(Math.max(0, startedAt + HOUR_MS - clock.now()))
    const endedAt = clock.now()
    const readyBefore = await countReady(stage)
    governor.allow({ maxRate: options.rate, callMs: 400 })
    host.faults.set([lag])
    await waitUntilReady(stage, plans.length)
    const stories = await Promise.all(left.map(comeBack))
    await settle(stage, { governor, onProgress: options.onProgress })
    const evidence = await collectEvidence({ stories, store, bytes, host: host.store })
    return {
      findings: judge(evidence),
      uploads: plans.length,
      readyBefore,
      ...measureOutage({ evidence, lines: host.log.list(), startedAt, endedAt }),
    }
  } finally {
    governor.stop()
    await stage.close()
  }
}

/** Good files, and people who do no more than hand them over. */
function planOutage({ seed, uploads }: OutageOptions): readonly UploadPlan[] {
  const plans = planUploads({ seed, uploads, arriveWithinMs: ARRIVE_MS })
  return plans.map((plan) => ({ ...plan, file: 'png', behaviour: { does: 'waits' } }))
}

async function handOver(
  { clock, servers }: Stage,
  plans: readonly UploadPlan[],
  people: readonly SignedIn[],
): Promise<readonly Left[]> {
  const origins = servers.map(({ origin }) => origin)
  const leaving = plans.map(async (plan): Promise<Left> => {
    await clock.sleep(plan.arrivesMs)
    const { cookie = '', ownerId = '' } = people[plan.owner] ?? {}
    const device = createDevice({ clock, plan, origins, cookie })
    await visitOnce(device)
    return { device, plan, ownerId }
  })
  return Promise.all(leaving)
}

/** What somebody left behind. */
interface Left {
  readonly device: Device
  readonly plan: UploadPlan
  readonly ownerId: string
}

const LOOK_MS = 500

async function visitOnce(device: Device): Promise<void> {
  const { clock, file } = device
  const page = openPage(device, 'first visit')
  page.pick(new File([file.bytes], file.name, { type: file.type }))
  while (device.lastSeen() !== 'parked') await clock.sleep(LOOK_MS)
  page.close()
}

/** Nobody helps. */
async function waitUntilReady(stage: Stage, uploads: number): Promise<void> {
  const until = stage.clock.now() + HOUR_MS
  while (stage.clock.now() < until && (await countReady(stage)) < uploads) {
    await stage.clock.sleep(10 * LOOK_MS)
  }
}

async function countReady({ store }: Stage): Promise<number> {
  const counts = await store.records.count()
  return counts.filter(({ state }) => state === 'ready').reduce((sum, { count }) => sum + count, 0)
}

/** The next day they come back, and see what became of it. */
async function comeBack({ device, plan, ownerId }: Left): Promise<Story> {
  const page = openPage(device, 'second visit')
  const outcome = await page.outcome
  page.close()
  return {
    plan,
    ownerId,
    outcome,
    sha256: device.file.sha256,
    lastSeen: device.lastSeen(),
    uploadIds: device.uploadIds(),
    retries: device.retries(),
    lines: device.lines(),
  }
}
