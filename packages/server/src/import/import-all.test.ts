import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { makePicture } from '../test-support/make-picture.ts'
import { ada, openUploads } from '../test-support/open-uploads.ts'
import type { OpenUploads, TestUploads } from '../test-support/open-uploads.ts'
import { createTurns } from './create-turns.ts'
import { importAll } from './import-all.ts'
import type { ImportContext } from './import-context.ts'
import type { ImportResult } from './import-result.ts'
import type { ImportSource } from './import-source.ts'

function toContext(app: TestUploads): ImportContext {
  const done = new Set<string>()
  return {
    ...app,
    principal: ada,
    kind: 'photo',
    maxBytes: 10_000_000,
    tidy: () => app.runner.drain(),
    pace: { turn: () => Promise.resolve(), pause: () => undefined },
    inTurn: createTurns(),
    memory: { has: (key) => done.has(key), add: (key) => void done.add(key) },
    createSha256: () => {
      const hash = createHash('sha256')
      return { update: (bytes) => hash.update(bytes), digest: () => hash.digest('hex') }
    },
    surroundings: {
      now: app.now,
      random: () => 0.5,
      schedule(run, ms) {
        void app.pass(ms).then(run)
        return () => undefined
      },
    },
  }
}

function toSource(words: string, file = new Blob([makePicture(words)])): ImportSource {
  const open = () => Promise.resolve({ file, close })
  return { origin: 'file', name: words, filename: `${words}.png`, key: words, open }
}

const close = () => Promise.resolve()

async function* list(...sources: readonly ImportSource[]) {
  yield* sources
}

const open = (options: OpenUploads = {}) => openUploads({ rungs: ['relay'], ...options })

function countUploads({ emulator }: TestUploads): number {
  return emulator.requests().filter(({ method }) => method === 'POST').length
}

test('a limit of the account is waited for as long as Cloudflare says, and then all goes on', async () => {
  const app = await open()
  const context = toContext(app)
  const pauses: number[] = []
  const pace = { ...context.pace, pause: (ms: number) => void pauses.push(ms) }
  const startedAt = app.now()
  app.emulator.faults.set([
    { on: 'api-upload', effect: 'answer', status: 429, retryAfterSeconds: 120, times: 1 },
  ])
  const sources = list(...['a', 'b', 'c'].map((name) => toSource(name)))
  const tally = await importAll({ ...context, pace }, sources, { concurrency: 1 })
  expect(tally).toMatchObject({ imported: 3, failed: 0 })
  expect(app.now() - startedAt).toBeGreaterThanOrEqual(119_000)
  expect(pauses[0]).toBeGreaterThan(119_000)
  expect(countUploads(app)).toBe(4)
  expect(await app.images()).toHaveLength(3)
})

test('what Cloudflare may have got is looked for until its lists tell, and not sent twice', async () => {
  const app = await open({ emulated: { faults: [{ on: 'list', effect: 'list-lag', ms: 40_000 }] } })
  app.emulator.faults.add([{ on: 'api-upload', effect: 'lose-reply', times: 1 }])
  const results: ImportResult[] = []
  const tally = await importAll(toContext(app), list(toSource('a'), toSource('b')), {
    concurrency: 2,
    onResult: (result) => results.push(result),
  })
  expect(tally).toMatchObject({ imported: 2, kept: 0, failed: 0 })
  expect(results.map(({ name }) => name).toSorted()).toEqual(['a', 'b'])
  await app.pass(60_000)
  expect(await app.images()).toHaveLength(2)
  expect(countUploads(app)).toBe(2)
})

test('two names of bytes that are kept are one image that was imported', async () => {
  const app = await open({ emulated: { faults: [{ on: 'list', effect: 'list-lag', ms: 40_000 }] } })
  app.emulator.faults.add([{ on: 'api-upload', effect: 'lose-reply', times: 1 }])
  const file = new Blob([makePicture('same')])
  const sources = list(toSource('a', file), toSource('b', file))
  const tally = await importAll(toContext(app), sources, { concurrency: 2 })
  expect(tally).toMatchObject({ imported: 1, known: 1, kept: 0 })
})

test('in an outage that does not end a file is kept, and goes in by the next run', async () => {
  const app = await open()
  const context = toContext(app)
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 503 }])
  const first = await importAll(context, list(toSource('a')), { concurrency: 1 })
  expect(first).toMatchObject({ imported: 0, kept: 1, failed: 0 })
  app.emulator.faults.clear()
  await app.pass(600_000)
  const second = await importAll(context, list(toSource('a')), { concurrency: 1 })
  expect(second).toMatchObject({ known: 1, kept: 0, failed: 0 })
  expect(await app.images()).toHaveLength(1)
})

test('a file that is changed while it is read is not imported as what it was', async () => {
  const app = await open()
  const file = new Blob([makePicture('before')])
  const [before, after] = [makePicture('before'), makePicture('behind')]
  const pieces = [before, after]
  const stream = () => new Blob([pieces.shift() ?? after]).stream()
  const results: ImportResult[] = []
  const changing = Object.assign(file, { stream })
  await importAll(toContext(app), list(toSource('a', changing)), {
    concurrency: 1,
    onResult: (result) => results.push(result),
  })
  expect(results).toEqual([
    {
      name: 'a',
      outcome: 'failed',
      code: 'invalid_request',
      reason: 'The file was changed while it was read.',
    },
  ])
  await app.pass(600_000)
  expect(await app.images()).toEqual([])
})

test('no more sources are read than are under way', async () => {
  const app = await open()
  let [read, done, most] = [0, 0, 0]
  async function* count() {
    for (let at = 0; at < 20; at += 1) {
      read += 1
      most = Math.max(most, read - done)
      yield toSource(`${at}`)
    }
  }
  await importAll(toContext(app), count(), { concurrency: 3, onResult: () => (done += 1) })
  expect(done).toBe(20)
  expect(most).toBeLessThanOrEqual(4)
})
