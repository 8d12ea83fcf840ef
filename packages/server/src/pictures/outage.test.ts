import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ImagesError } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import type { Fault } from '@lightfast/emulator'
import { createNodeEmulator } from '@lightfast/emulator/node'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { createDefaultPolicy } from '../access/default-policy.ts'
import type { Principal } from '../access/principal.ts'
import { createImagesClient } from '../client/create-images-client.ts'
import { createMemoryRenditionCache } from '../delivery/memory-rendition-cache.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { openSqliteStore } from '../node/sqlite.ts'
import type { SqliteStore } from '../node/sqlite.ts'
import { createMemoryStore } from '../stores/memory/create-memory-store.ts'
import { makePicture } from '../test-support/make-picture.ts'
import { silent } from '../test-support/silent.ts'
import { createVirtualTime } from '../test-support/virtual-time.ts'
import { beside, sampleRecord } from '../testing/store-samples.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { createAvatars } from './create-avatars.ts'
import { createDeliverySource } from '../delivery/create-delivery-source.ts'
import type { Picture } from './picture.ts'

const FACES = 200
const ROUND_MS = 6000
const CONCURRENCY = 8
/** The circuit opens at the fifth failure in a row, and those that were under way then end as well. */
const MOST_IN_VAIN = 5 + CONCURRENCY

const down: Fault = { on: 'delivery', effect: 'answer', status: 503 }
const stalled: Fault = { on: 'delivery', effect: 'stall' }
const apiDown: Fault = { on: 'api', effect: 'answer', status: 503 }

const outages: readonly (readonly [name: string, faults: readonly Fault[]])[] = [
  ['delivery fails', [down]],
  ['delivery stalls', [stalled]],
  ['delivery and the API fail', [down, apiDown]],
]

/** A store whose database can go away and come back. */
interface Database {
  readonly open: () => Promise<Pick<ImagesStore, 'records'>>
  readonly fail: () => Promise<void>
}

/** Cloudflare, where all of them have uploaded a picture. It goes by the clock of the test that runs. */
let clock = (): number => 0
const emulator = createNodeEmulator({ now: () => clock(), rateLimit: 'off' })
const people = Array.from({ length: FACES }, (_, at) => `person-${at}`)
const uploaded = new Map<string, string>()

const fetch = (request: Request) => emulator.fetch(request)

beforeAll(async () => {
  const { accountId, writeToken: apiToken } = localAccount
  const client = createImagesClient({ accountId, apiToken, fetch, batch: 'off', logger: silent })
  for (const person of people) {
    const file = new File([makePicture(person)], 'face.png', { type: 'image/png' })
    uploaded.set(person, (await client.images.upload({ file }, { privacy: 'private' })).id)
  }
})

const folder = mkdtempSync(join(tmpdir(), 'lightfast-avatars-'))
afterAll(() => rmSync(folder, { recursive: true }))

const refuse = () => Promise.reject(new ImagesError('store_unavailable', 'It is down.'))

function makeMemory(now: () => number): Database {
  const { records } = createMemoryStore({ now })
  let isDown = false
  return {
    async open() {
      isDown = false
      return { records: { ...records, list: (query) => (isDown ? refuse() : records.list(query)) } }
    },
    async fail() {
      isDown = true
    },
  }
}

function makeSqlite(now: () => number): Database {
  const path = join(folder, `${crypto.randomUUID()}.db`)
  let opened: SqliteStore | undefined
  onTestFinished(() => opened?.close())
  return {
    async open() {
      opened = await openSqliteStore({ path, now })
      return opened
    },
    async fail() {
      await opened?.close()
    },
  }
}

/** An app with 200 people of one tenant, each of whom has an avatar. */
async function openApp(makeDatabase: (now: () => number) => Database) {
  const time = createVirtualTime()
  const { now, monotonic, schedule } = time
  clock = now
  onTestFinished(() => emulator.faults.clear())
  const database = makeDatabase(now)
  let { records } = await database.open()
  const ready = { kind: 'avatar', state: 'ready', tenantId: 'acme' } as const
  for (const [ownerId, cloudflareId] of uploaded) {
    await records.create(sampleRecord({ ...ready, ownerId, cloudflareId }), beside)
  }
  const sent: string[] = []
  const works = new Set<Promise<unknown>>()
  const source = createDeliverySource({
    accountHash: localAccount.accountHash,
    signingKey: await importSigningKey(localAccount.signingKey),
    variant: 'public',
    fetch(request) {
      sent.push(request.url)
      return fetch(request)
    },
    now,
    monotonic,
    schedule,
    random: () => 0.5,
    logger: silent,
  })
  const avatars = createAvatars({
    store: {
      get records() {
        return records
      },
    },
    policy: createDefaultPolicy(),
    source,
    cache: createMemoryRenditionCache(),
    nameOf: (id) => id,
    waitUntil(work) {
      works.add(work)
      void work.finally(() => works.delete(work))
    },
    concurrency: CONCURRENCY,
    now,
    schedule,
  })
  return { time, sent, render, recover, fail: database.fail, restore }

  async function restore(): Promise<void> {
    records = (await database.open()).records
  }

  /** Asks for all of them at once, and lets no more time pass than an answer may take. */
  async function render(viewer: Principal): Promise<readonly Picture[]> {
    const rendering = Promise.all(people.map((id) => avatars.read(viewer, id)))
    await takeTurns()
    await time.advance(150)
    const late = takeTurns().then(() => Promise.reject(new Error('Some are late.')))
    return Promise.race([rendering, late])
  }

  /** Waits for what goes on after the answers, but not for what waits for the clock of the test. */
  async function settleWorks(): Promise<void> {
    for (let turn = 0; turn < 500 && works.size > 0; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
  }

  /** Lets people look at the page every few seconds, until all is as it should be. Answers how often that was. */
  async function recover(viewer: Principal): Promise<number> {
    for (let round = 1; round <= 20; round += 1) {
      await time.advance(ROUND_MS)
      const tiers = tiersOf(await render(viewer))
      if (tiers.get('fresh') === FACES) return round
      await settleWorks()
    }
    throw new Error('They did not become fresh.')
  }
}

/** Lets what goes on in other threads of the machine come back: the clock of the test stands still meanwhile. */
async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

function tiersOf(pictures: readonly Picture[]): ReadonlyMap<string, number> {
  const tiers = new Map<string, number>()
  for (const { tier } of pictures) tiers.set(tier, (tiers.get(tier) ?? 0) + 1)
  return tiers
}

const reasonsOf = (pictures: readonly Picture[]) => new Set(pictures.map(({ reason }) => reason))

const viewer: Principal = { id: 'person-0', tenantId: 'acme' }
const dismissed: Principal = { id: 'person-0', tenantId: null }

describe.each([
  ['memory', makeMemory],
  ['SQLite', makeSqlite],
])('200 avatars, on %s', (_, makeDatabase) => {
  test.each(outages)('that were seen before are all shown while %s', async (__, faults) => {
    const { time, sent, render, recover } = await openApp(makeDatabase)
    await recover(viewer)
    expect(sent).toHaveLength(FACES)
    await time.advance(600_000)
    emulator.faults.add(faults)
    sent.length = 0
    expect(tiersOf(await render(viewer))).toEqual(new Map([['stale', FACES]]))
    for (let at = 0; at < 5; at += 1) {
      await time.advance(2000)
      expect(tiersOf(await render(viewer))).toEqual(new Map([['stale', FACES]]))
    }
    expect(sent.length).toBeLessThanOrEqual(MOST_IN_VAIN)
    sent.length = 0
    emulator.faults.clear()
    expect(await recover(viewer)).toBeLessThanOrEqual(12)
    expect(sent.length).toBeLessThanOrEqual(FACES + MOST_IN_VAIN)
  })

  test.each(outages)('that nobody has seen yet are placeholders while %s', async (__, faults) => {
    const { sent, render, recover } = await openApp(makeDatabase)
    emulator.faults.add(faults)
    const pictures = await render(viewer)
    expect(tiersOf(pictures)).toEqual(new Map([['placeholder', FACES]]))
    expect(new TextDecoder().decode(pictures[0]?.bytes)).toContain('>P</text>')
    for (const reason of reasonsOf(pictures)) {
      expect(['host-failed', 'circuit-open', 'timed-out']).toContain(reason)
    }
    expect(sent.length).toBeLessThanOrEqual(MOST_IN_VAIN)
    emulator.faults.clear()
    expect(await recover(viewer)).toBeLessThanOrEqual(12)
    expect(sent.length).toBeLessThanOrEqual(FACES + 2 * MOST_IN_VAIN)
  })

  test('are fetched while only the API is down, which nobody asks', async () => {
    const { recover } = await openApp(makeDatabase)
    emulator.faults.add([apiDown])
    await recover(viewer)
  })

  test('are placeholders while the database is down, though all are kept', async () => {
    const { fail, restore, sent, render, recover } = await openApp(makeDatabase)
    await recover(viewer)
    await fail()
    const pictures = await render(viewer)
    expect(tiersOf(pictures)).toEqual(new Map([['placeholder', FACES]]))
    expect(reasonsOf(pictures)).toEqual(new Set(['undecided']))
    await restore()
    expect(await recover(viewer)).toBe(1)
    expect(sent).toHaveLength(FACES)
  })

  test('are gone at once for who has lost the right, also in an outage', async () => {
    const { render, recover } = await openApp(makeDatabase)
    await recover(viewer)
    emulator.faults.add([down, apiDown])
    const tiers = tiersOf(await render(dismissed))
    expect(tiers).toEqual(new Map([['placeholder', FACES]]))
    expect(tiersOf(await render(viewer))).toEqual(new Map([['fresh', FACES]]))
  })
})
