import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs'
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { makePicture } from '../test-support/make-picture.ts'
import { setUpCommand } from '../test-support/set-up-command.ts'
import type { CommandTest, Ended } from '../test-support/set-up-command.ts'

vi.setConfig({ testTimeout: 60_000 })

const asAda = ['--kind', 'photo', '--owner', 'ada', '--per-minute', '100000']

let app: CommandTest

beforeEach(async () => {
  app = await setUpCommand()
})
afterEach(() => app.close())

/** Writes so many pictures, no two alike, and answers their hashes. */
function write(folder: string, many: number): readonly string[] {
  mkdirSync(join(app.folder, folder), { recursive: true })
  return Array.from({ length: many }, (_, at) => {
    const bytes = makePicture(`${folder} ${at}`)
    writeFileSync(join(app.folder, folder, `${at}.png`), bytes)
    return toHash(bytes)
  })
}

function toHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** The hash of every original that the account holds. */
async function originals(): Promise<readonly string[]> {
  const hashes: string[] = []
  for await (const { id } of app.client.images.list()) {
    const blob = await new Response(await app.client.images.blob(id)).bytes()
    hashes.push(toHash(blob))
  }
  return hashes
}

async function importNow(...args: readonly string[]): Promise<Ended> {
  return app.run(['import', ...asAda, ...args]).ended
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted((a, b) => (a < b ? -1 : 1))
}

/** Serves what a listener answers, on an address of this machine. */
async function serveFiles(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
}

test('each file of a folder becomes one image of its owner, with its bytes untouched', async () => {
  const hashes = [...write('photos', 3), ...write('photos/deep/er', 2)]
  writeFileSync(join(app.folder, 'photos', '.hidden.png'), makePicture('hidden'))
  symlinkSync('..', join(app.folder, 'photos', 'loop'))
  const { code, out, err } = await importNow('photos', '--tenant', 'acme')
  expect([code, err]).toEqual([0, ''])
  expect(out).toBe('5 looked at: 5 imported, 0 failed\n')
  expect(sorted(await originals())).toEqual(sorted(hashes))
  const records = await app.store.records.list({ ownerId: 'ada', limit: 9 })
  expect(records.map(({ state, kind, facts, tenantId }) => [state, kind, facts, tenantId])).toEqual(
    Array.from({ length: 5 }, () => ['ready', 'photo', 'verified', 'acme']),
  )
  expect(sorted(records.map(({ filename }) => filename))).toEqual(
    sorted(['0.png', '1.png', '2.png', '0.png', '1.png']),
  )
  expect(readdirSync(app.bytesPath)).toEqual([])
})

test('the same bytes are one image, by whatever names and however often', async () => {
  const [hash = ''] = write('photos', 1)
  const bytes = readFileSync(join(app.folder, 'photos', '0.png'))
  for (const name of ['copy', 'again', 'third']) {
    writeFileSync(join(app.folder, 'photos', `${name}.png`), bytes)
  }
  const first = await importNow('photos')
  expect(first.out).toBe('4 looked at: 1 imported, 3 there already, 0 failed\n')
  const second = await importNow('photos/copy.png')
  expect(second.out).toBe('1 looked at: 1 there already, 0 failed\n')
  expect(await originals()).toEqual([hash])
})

test('another owner has an image of their own', async () => {
  write('photos', 1)
  await importNow('photos')
  const bob = ['import', '--kind', 'photo', '--owner', 'bob', 'photos']
  expect((await app.run(bob).ended).out).toContain('1 imported')
  expect(await originals()).toHaveLength(2)
})

test('what fails is told in a line each, and the rest is imported', async () => {
  write('photos', 1)
  const photos = join(app.folder, 'photos')
  writeFileSync(join(photos, 'empty.png'), '')
  writeFileSync(join(photos, 'notes.txt'), 'no picture')
  writeFileSync(join(photos, 'torn.png'), makePicture('torn').subarray(0, 40))
  writeFileSync(join(photos, 'vast.png'), new Uint8Array(10_000_001))
  const { code, out } = await importNow('photos', 'nowhere.png')
  expect(code).toBe(1)
  expect(sorted(out.trimEnd().split('\n'))).toEqual(
    sorted([
      '✗ failed  photos/empty.png: The file has no bytes. (file_empty)',
      '✗ failed  photos/notes.txt: These are not the bytes of a picture. (file_type_unsupported)',
      '✗ failed  photos/torn.png: The image/png breaks off or contradicts itself. (file_damaged)',
      '✗ failed  photos/vast.png: The file has 10000001 bytes. The limit is 10000000. (file_too_large)',
      '✗ failed  nowhere.png: There is no such file or folder. (not_found)',
      '6 looked at: 1 imported, 5 failed',
    ]),
  )
  expect(await originals()).toHaveLength(1)
})

test('a dry run tells what a real run would do, and changes nothing', async () => {
  write('photos', 2)
  await importNow('photos/0.png')
  writeFileSync(join(app.folder, 'photos', 'torn.png'), makePicture('torn').subarray(0, 40))
  const calls = app.emulator.requests().length
  const { code, out } = await importNow('photos', '--dry-run', '--json', '--state', 'state')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    dryRun: true,
    tally: { new: 1, known: 1, failed: 1, imported: 0 },
    sources: [{ name: 'photos/torn.png', code: 'file_damaged' }],
  })
  expect(app.emulator.requests()).toHaveLength(calls)
  expect(readdirSync(app.folder)).not.toContain('state')
  const real = await importNow('photos', '--json')
  expect(JSON.parse(real.out)).toMatchObject({ tally: { imported: 1, known: 1, failed: 1 } })
})

test('a state file spares another run the reading, until a file changes', async () => {
  write('photos', 2)
  writeFileSync(join(app.folder, 'list.txt'), 'photos/0.png\n\nphotos/1.png\n')
  const args = ['--list', 'list.txt', '--state', 'state.txt']
  expect((await importNow(...args)).out).toContain('2 imported')
  appendFileSync(join(app.folder, 'state.txt'), 'cut of')
  writeFileSync(join(app.folder, 'photos', '1.png'), makePicture('changed'))
  const second = await importNow(...args)
  expect(second.out).toBe('2 looked at: 1 imported, 1 done by an earlier run, 0 failed\n')
  expect((await importNow(...args)).out).toContain('2 done by an earlier run')
})

test('the state of one import is not taken for that of another', async () => {
  write('photos', 1)
  await importNow('photos', '--state', 'state')
  const bob = ['import', '--kind', 'photo', '--owner', 'bob', 'photos', '--state', 'state']
  const { code, err } = await app.run(bob).ended
  expect(code).toBe(2)
  expect(err).toContain('--state names a file that is not of this import')
  writeFileSync(join(app.folder, 'letter.txt'), 'Dear all,\n')
  expect((await importNow('photos', '--state', 'letter.txt')).code).toBe(2)
  expect(readFileSync(join(app.folder, 'letter.txt'), 'utf8')).toBe('Dear all,\n')
})

test('an image that somebody deleted does not come back, a failed one that was cleaned away does', async () => {
  write('photos', 2)
  await importNow('photos/0.png')
  const [ready] = await app.store.records.list({ limit: 1 })
  await app.uploads.remove({ id: 'ada' }, ready?.id ?? '')
  app.emulator.faults.set([
    { on: 'api-upload', effect: 'answer', status: 415, code: 5455, message: 'No.' },
  ])
  expect((await importNow('photos/1.png')).out).toContain('file_refused_by_host')
  app.emulator.faults.clear()
  expect((await importNow('photos/1.png')).out).toContain('file_refused_by_host')
  await app.run(['cleanup', '--expired-days', '0', '--yes']).ended
  const { code, out } = await importNow('photos')
  expect(code).toBe(0)
  expect(out).toContain('- skipped  photos/0.png: It was imported before')
  expect(out).toContain('2 looked at: 1 imported, 1 skipped, 0 failed\n')
})

test('an answer that was lost makes no second image', async () => {
  const hashes = write('photos', 3)
  app.emulator.faults.set([{ on: 'api-upload', effect: 'lose-reply', times: 2 }])
  const { code, out } = await importNow('photos')
  expect([code, out]).toEqual([0, '3 looked at: 3 imported, 0 failed\n'])
  expect(sorted(await originals())).toEqual(sorted(hashes))
})

test('a refusal of the token ends it before the rest', async () => {
  write('photos', 30)
  app.emulator.faults.set([{ on: 'api', effect: 'answer', status: 403, code: 10000 }])
  const { code, out } = await importNow('photos', '--concurrency', '2', '--json')
  expect(code).toBe(1)
  const { tally }: { tally: { failed: number } } = JSON.parse(out)
  expect(tally.failed).toBeLessThan(5)
})

test('addresses are fetched, judged by their bytes, and kept only as long as that takes', async () => {
  const bytes = makePicture('from afar')
  const url = await serveFiles((request, reply) => {
    if (request.url === '/moved') reply.writeHead(302, { location: '/a.bin' }).end()
    else if (request.url === '/gone') reply.writeHead(404).end()
    else if (request.url === '/vast') reply.end(Buffer.alloc(10_000_001))
    else reply.end(request.url === '/page' ? '<html>' : bytes)
  })
  const paths = ['/moved', '/b.png?sig=secret', '/gone', '/page', '/vast']
  const addresses = paths.map((path) => url + path)
  const { code, out } = await importNow('--allow-private', ...addresses)
  expect(code).toBe(1)
  expect(out).toContain(`${url}/gone: The address answers 404. (not_found)`)
  expect(out).toContain(`${url}/page: These are not the bytes of a picture.`)
  expect(out).toContain(`${url}/vast: The bytes to keep are more than 10000000. (file_too_large)`)
  expect(out).toContain('5 looked at: 1 imported, 1 there already, 3 failed\n')
  expect(out).not.toContain('secret')
  expect(await originals()).toEqual([toHash(bytes)])
  expect(readdirSync(app.bytesPath)).toEqual([])
})

test('addresses of this machine and its network are not asked', async () => {
  let asked = 0
  const url = await serveFiles((_, reply) => void reply.end(String((asked += 1))))
  const { port } = new URL(url)
  const hosts = ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0']
  const { code, out } = await importNow(...hosts.map((host) => `http://${host}:${port}/a.png`))
  expect(code).toBe(1)
  expect(out.match(/leads into a private network/g)).toHaveLength(hosts.length)
  expect(asked).toBe(0)
})

test('Ctrl-C ends it at once', async () => {
  write('photos', 4)
  app.emulator.faults.set([{ on: 'api-upload', effect: 'stall' }])
  const { child, ended } = app.run(['import', ...asAda, 'photos'])
  const parked = { states: ['parked'], limit: 9 } as const
  await vi.waitFor(async () => expect(await app.store.records.list(parked)).toHaveLength(4), 20_000)
  const startedAt = performance.now()
  child.kill('SIGINT')
  await ended
  expect(performance.now() - startedAt).toBeLessThan(1000)
  expect(child.signalCode).toBe('SIGINT')
})

function uploads(): number {
  return app.emulator.requests().filter(({ path, method }) => {
    return method === 'POST' && path.endsWith('/images/v1')
  }).length
}

test(
  'killed at any moment it goes on: each file ends as one image',
  { timeout: 480_000 },
  async () => {
    const hashes = write('photos', 40)
    const args = ['import', ...asAda, 'photos', '--state', 'state']
    app.emulator.faults.set([{ on: 'api-upload', effect: 'delay', ms: 100 }])
    for (const enough of [7, 20]) {
      const { child, ended } = app.run(args)
      // What the killed one held is free again after a minute, and then looked at again within half a minute.
      await vi.waitFor(() => expect(uploads()).toBeGreaterThan(enough), { timeout: 120_000 })
      child.kill('SIGKILL')
      await ended
      expect(child.signalCode).toBe('SIGKILL')
    }
    const last = await app.run(args).ended
    expect([last.code, last.err]).toEqual([0, ''])
    expect(last.out).toMatch(/^40 looked at: /)
    expect(last.out).not.toContain('kept')
    expect(sorted(await originals())).toEqual(sorted(hashes))
    const records = await app.store.records.list({ limit: 99 })
    expect(records.map(({ state }) => state)).toEqual(hashes.map(() => 'ready'))
    expect((await app.run(args).ended).out).toContain('40 done by an earlier run')
  },
)
