/** Many uploads under random faults, on one clock: whatever happens, each good file ends as one image, and nothing is left over. */
import { ImagesError } from '@lightfast/core'
import type { FailureCode, Rung, StartedUpload, UploadWay } from '@lightfast/core'
import type { Fault } from '@lightfast/emulator'
import { expect, test } from 'vitest'
import { makeRequest, openUploads, png, post, toStream } from '../test-support/open-uploads.ts'
import type { TestUploads } from '../test-support/open-uploads.ts'

const MINUTE = 60_000
const UPLOADS = 25
const ROUNDS = 12

const bad: readonly [readonly Fault[], ...(readonly Fault[])[]] = [
  [],
  [],
  [{ on: 'direct-upload', effect: 'answer', status: 503, chance: 0.7 }],
  [{ on: 'direct-upload', effect: 'malform', as: 'html', chance: 0.5 }],
  [{ on: 'upload', effect: 'answer', status: 415, code: 5550, chance: 0.9 }],
  [{ on: ['upload', 'api-upload'], effect: 'lose-reply', chance: 0.6 }],
  [{ on: 'api', effect: 'answer', status: 503 }],
  [{ on: 'api', effect: 'answer', status: 500, code: 5500, chance: 0.5 }],
  [
    { on: 'api-upload', effect: 'lose-reply', chance: 0.8 },
    { on: 'list', effect: 'list-lag', ms: 40_000 },
  ],
  [{ on: 'details', effect: 'answer', status: 503, chance: 0.8 }],
  [{ on: 'api', effect: 'rate-limit', seconds: 60 }],
  [{ on: 'upload', effect: 'settle-later', ms: 5 * MINUTE, chance: 0.7 }],
]

const ladders: readonly [readonly Rung[], ...(readonly Rung[])[]] = [
  ['direct', 'relay', 'park'],
  ['direct', 'relay'],
  ['direct', 'park'],
]

/** Dice that fall the same way for the same seed. */
function createDice(seed: number) {
  let state = seed
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { random, pick }

  function pick<One>(of: readonly [One, ...One[]]): One {
    return of[Math.floor(random() * of.length)] ?? of[0]
  }
}

type Dice = ReturnType<typeof createDice>

/** One file, and somebody who wants it uploaded. */
interface Client {
  readonly owner: { readonly id: string }
  readonly request: ReturnType<typeof makeRequest>
  status: 'wanting' | 'done' | 'cancelled'
  /** A slot that another tab of theirs is still sending to. */
  slow: UploadWay | null
  /** What it has been through, for whoever has to find out. */
  readonly story: string[]
}

/** One thing that a browser does. What fails is tried again in another round. */
async function step(app: TestUploads, client: Client, dice: Dice): Promise<void> {
  try {
    const started = await app.uploads.start(client.owner, client.request)
    client.story.push(`${started.image.state} ${started.way?.rung ?? '-'}`)
    if (started.image.state === 'ready') client.status = 'done'
    else if (started.way && dice.random() < 0.03) await cancel(app, client, started)
    else if (started.way?.rung === 'direct') await sendDirect(app, client, { started, dice })
    else if (started.way) await sendToUs(app, client, { started, dice })
  } catch (error) {
    if (!(error instanceof ImagesError)) throw error
    client.story.push(error.code)
  }
}

async function cancel(app: TestUploads, client: Client, { image }: StartedUpload): Promise<void> {
  client.status = 'cancelled'
  await app.uploads.remove(client.owner, image.id)
}

interface Sending {
  readonly started: StartedUpload
  readonly dice: Dice
}

async function sendDirect(
  app: TestUploads,
  client: Client,
  { started, dice }: Sending,
): Promise<void> {
  const { image, way } = started
  const attemptId = way?.attemptId ?? ''
  if (dice.random() < 0.2) {
    client.slow = way
    return report(app, client, { started, code: 'transfer_timed_out' })
  }
  const ended = await post(app.emulator, way).then(
    (reply) => (reply.ok ? 'arrived' : 'refused'),
    () => 'broken',
  )
  client.story.push(ended)
  // The tab was closed: nobody tells.
  if (dice.random() < 0.15) return
  if (ended === 'arrived') await app.uploads.complete(client.owner, image.id, { attemptId })
  else
    await report(app, client, {
      started,
      code: ended === 'refused' ? 'upload_host_failed' : 'transfer_interrupted',
    })
}

/** Whether its upload is done by now or not. */
async function finishSlow({ emulator }: TestUploads, client: Client): Promise<void> {
  if (client.slow) await post(emulator, client.slow).catch(() => undefined)
  client.slow = null
}

async function report(
  app: TestUploads,
  client: Client,
  { started, code }: { readonly started: StartedUpload; readonly code: FailureCode },
): Promise<void> {
  const attemptId = started.way?.attemptId ?? ''
  await app.uploads.fail(client.owner, started.image.id, { attemptId, code, cloudflareCode: null })
}

async function sendToUs(
  app: TestUploads,
  client: Client,
  { started, dice }: Sending,
): Promise<void> {
  const { image, way } = started
  const bytes = dice.random() < 0.1 ? png.subarray(0, 30) : png
  const received = {
    attemptId: way?.attemptId ?? '',
    body: toStream(bytes),
    contentLength: undefined,
  }
  const reply = await app.uploads.putBytes(client.owner, image.id, received)
  client.story.push(`put ${reply.image.state}`)
}

async function play(
  seed: number,
): Promise<{ readonly app: TestUploads; readonly clients: readonly Client[] }> {
  const dice = createDice(seed)
  const app = await openUploads({
    rungs: dice.pick(ladders),
    times: { listLagMs: MINUTE },
    limits: { startsPerMinute: 1000, unfinished: 1000, attempts: 1000 },
    emulated: { seed },
  })
  const clients = Array.from({ length: UPLOADS }, (_, at): Client => {
    return {
      owner: { id: `user-${at % 7}` },
      request: makeRequest(),
      status: 'wanting',
      slow: null,
      story: [],
    }
  })
  for (let round = 0; round < ROUNDS; round += 1) {
    app.emulator.faults.set(dice.pick(bad))
    const wanting = clients.filter(({ status }) => status === 'wanting')
    for (const client of clients) if (dice.random() < 0.3) await finishSlow(app, client)
    const active = wanting.filter(() => dice.random() < 0.7)
    await Promise.all(active.map((client) => step(app, client, dice)))
    await app.pass(Math.floor(dice.random() * 10 * MINUTE))
  }
  app.emulator.faults.clear()
  for (let round = 0; round < 10; round += 1) {
    const wanting = clients.filter(({ status }) => status === 'wanting')
    for (const client of wanting) await step(app, client, createDice(1 + round))
    await app.pass(20 * MINUTE)
  }
  await app.pass(26 * 60 * MINUTE)
  return { app, clients }
}

test.each(Array.from({ length: 40 }, (_, at) => at + 1))(
  'each good file is one image, each cancelled one none, and nothing is left over (seed %i)',
  async (seed) => {
    const { app, clients } = await play(seed)
    const tell = () =>
      JSON.stringify(
        clients.map(({ status, story }) => [status, story.join(', ')]),
        null,
        1,
      )
    const records = await app.store.records.list({ limit: 1000 })
    const states = records.map(({ state }) => state)
    expect(
      clients.filter(({ status }) => status === 'wanting'),
      tell(),
    ).toEqual([])
    const done = clients.filter(({ status }) => status === 'done')
    expect(states.filter((state) => state === 'ready')).toHaveLength(done.length)
    const ready = records.filter(({ state }) => state === 'ready')
    const expected = new Set(ready.map(({ cloudflareId }) => cloudflareId))
    const images = await app.images()
    expect([images.length, new Set(images)]).toEqual([expected.size, expected])
    expect(states.every((state) => state === 'ready' || state === 'deleted')).toBe(true)
    expect(await app.store.jobs.list({ limit: 100 })).toEqual([])
    expect(await app.kept()).toEqual([])
    expect(records.filter(({ kept }) => kept)).toEqual([])
  },
)
