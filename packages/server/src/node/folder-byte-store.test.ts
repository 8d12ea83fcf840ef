import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { describeByteStore } from '../testing/describe-byte-store.ts'
import { openFolderByteStore } from './folder-byte-store.ts'
import type { Saying } from './test-support/put-bytes.ts'

const HOUR_MS = 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'lightfast-bytes-'))
const limits = { maxBytes: 10_000_000 }
const worker = fileURLToPath(new URL('./test-support/put-bytes.ts', import.meta.url))

let count = 0
const nextPath = () => join(folder, `${(count += 1)}`)
const toBody = (text: string) => new Blob([text]).stream()

afterAll(() => rmSync(folder, { recursive: true }))

describeByteStore('a folder', () => openFolderByteStore({ path: nextPath() }), {
  openSmall: () => openFolderByteStore({ path: nextPath(), maxTotalBytes: 1000 }),
  heldBytes: 128 * 1024,
  manyKeys: 300,
  async openBroken() {
    const path = nextPath()
    const store = await openFolderByteStore({ path })
    rmSync(path, { recursive: true })
    return store
  },
})

describe('what is in the folder', () => {
  test('nobody else on the machine can read it', async () => {
    const path = nextPath()
    const store = await openFolderByteStore({ path })
    const key = crypto.randomUUID()
    await store.put(key, toBody('a'), limits)
    await store.open(key)
    expect(statSync(path).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(path)) {
      expect(statSync(join(path, name)).mode & 0o777).toBe(0o600)
    }
  })

  test('no part of a path is made of a key', async () => {
    const path = nextPath()
    const store = await openFolderByteStore({ path })
    const uuid = crypto.randomUUID()
    const keys = ['../a', 'a', '', uuid.toUpperCase(), `${uuid}/../a`, `${uuid}\n`, `.${uuid}`]
    for (const key of keys) {
      await expect(store.put(key, toBody('a'), limits)).rejects.toThrow(TypeError)
      await expect(store.open(key)).rejects.toThrow(TypeError)
      await expect(store.delete(key)).rejects.toThrow(TypeError)
    }
    expect([readdirSync(path), readdirSync(folder).includes('a')]).toEqual([[], false])
  })

  test('what somebody else keeps there is left alone, and is no key', async () => {
    const path = nextPath()
    mkdirSync(path)
    writeFileSync(join(path, 'notes.txt'), 'mine')
    writeFileSync(join(path, '.hidden.part'), 'mine')
    const store = await openFolderByteStore({ path, now: () => Date.now() + 100 * HOUR_MS })
    for await (const { key } of store.list()) expect(key).toBeUndefined()
    expect(readdirSync(path).toSorted()).toEqual(['.hidden.part', 'notes.txt'])
  })

  test('those who open one file share one link, and it goes with the key', async () => {
    const path = nextPath()
    const store = await openFolderByteStore({ path })
    const key = crypto.randomUUID()
    await store.put(key, toBody('a'), limits)
    await Promise.all(Array.from({ length: 30 }, () => store.open(key)))
    expect(readdirSync(path)).toHaveLength(2)
    await store.put(key, toBody('b'), limits)
    await store.open(key)
    expect(readdirSync(path)).toHaveLength(3)
    await store.delete(key)
    expect(readdirSync(path)).toEqual([])
  })

  test('what other processes put there counts for the limit, and what they delete does not', async () => {
    const path = nextPath()
    const ours = await openFolderByteStore({ path, maxTotalBytes: 1000 })
    const theirs = await openFolderByteStore({ path })
    const key = crypto.randomUUID()
    await theirs.put(key, toBody('x'.repeat(800)), limits)
    const put = () => ours.put(crypto.randomUUID(), toBody('y'.repeat(300)), limits)
    await expect(put()).rejects.toMatchObject({ code: 'storage_full' })
    await theirs.delete(key)
    expect(await put()).toEqual({ sizeBytes: 300 })
  })

  test('bytes that were replaced take room as long as somebody may read them', async () => {
    const path = nextPath()
    const store = await openFolderByteStore({ path, maxTotalBytes: 1000 })
    const key = crypto.randomUUID()
    await store.put(key, toBody('x'.repeat(400)), limits)
    await store.open(key)
    await store.put(key, toBody('y'.repeat(400)), limits)
    const put = () => store.put(crypto.randomUUID(), toBody('z'.repeat(400)), limits)
    await expect(put()).rejects.toMatchObject({ code: 'storage_full' })
    await store.delete(key)
    expect(await put()).toEqual({ sizeBytes: 400 })
  })
})

describe('a process that dies', () => {
  test('in the middle of a put leaves no key, and what it left is removed when it is old', async () => {
    const path = nextPath()
    const child = spawn(process.execPath, [worker, path, 'endless'])
    const exited = new Promise((resolve) => child.once('exit', resolve))
    const said = await new Promise<Saying>((resolve, reject) => {
      child.stdout.once('data', (line: Buffer) => resolve(JSON.parse(line.toString())))
      child.stderr.once('data', (line: Buffer) => reject(new Error(line.toString())))
    })
    child.kill('SIGKILL')
    await exited
    expect(said).toEqual({ type: 'writing', names: [expect.stringMatching(/\.part$/)] })
    const [name = ''] = readdirSync(path)
    expect(statSync(join(path, name)).size).toBeGreaterThan(1_000_000)

    const store = await openFolderByteStore({ path })
    for await (const { key } of store.list()) expect(key).toBeUndefined()
    expect(readdirSync(path)).toEqual([name])

    await openFolderByteStore({ path, now: () => Date.now() + HOUR_MS + 1000 })
    expect(readdirSync(path)).toEqual([])
  }, 20_000)

  test('leaves links that go when they are old, by the time at which they were made', async () => {
    const path = nextPath()
    const store = await openFolderByteStore({ path })
    const key = crypto.randomUUID()
    await store.put(key, toBody('a'), limits)
    const old = join(path, `.${key}.1.open`)
    linkSync(join(path, key), old)
    await openFolderByteStore({ path, now: () => Date.now() + HOUR_MS - 10_000 })
    expect(readdirSync(path)).toHaveLength(2)
    await openFolderByteStore({ path, now: () => Date.now() + HOUR_MS + 1000 })
    expect(readdirSync(path)).toEqual([key])
  })
})

test('nothing is left of bytes that are opened in the moment in which they are deleted', async () => {
  const path = nextPath()
  const store = await openFolderByteStore({ path })
  // A race that is rarely lost: often enough, and begun a little later each time.
  for (let round = 0; round < 1500; round += 1) {
    const key = crypto.randomUUID()
    await store.put(key, toBody('some'), limits)
    const opening = [store.open(key), store.open(key)]
    for (let late = 0; late < round % 4; late += 1) await new Promise(setImmediate)
    await Promise.all([...opening, store.delete(key), store.open(key), store.open(key)])
  }
  expect(readdirSync(path)).toEqual([])
}, 60_000)

describe('a disk that will not', () => {
  test('is told as storage_full when it is full, and nothing is left', () => {
    const path = nextPath()
    mkdirSync(path)
    expect(putOnFullDisk(path)).toEqual({ type: 'ended', code: 'storage_full', names: [] })
  }, 20_000)

  test('is told as store_unavailable when the folder is read-only', () => {
    const path = nextPath()
    chmodSync(folder, 0o755)
    const command = [worker, path, '100', 'read-only']
    const said = hear(spawnSync(process.execPath, command, { encoding: 'utf8' }))
    chmodSync(path, 0o700)
    expect(said).toEqual({ type: 'ended', code: 'store_unavailable', names: [] })
  }, 20_000)

  test('is told at once if it is no folder at all', async () => {
    const path = nextPath()
    writeFileSync(path, 'a file')
    await expect(openFolderByteStore({ path })).rejects.toMatchObject({ code: 'store_unavailable' })
  })
})

/** On a small file system of its own if this machine allows it, else as a process that may write no more than 1 MB. */
function putOnFullDisk(path: string): Saying {
  const unshare = ['--map-root-user', '--mount', 'sh', '-c']
  const mounted = 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"'
  const limited = 'ulimit -f 2000 && exec "$@"'
  const put = [path, process.execPath, worker, path, '5000000']
  const canMount = spawnSync('unshare', [...unshare, mounted, path, 'true']).status === 0
  const [command, ...args] = canMount ? ['unshare', ...unshare, mounted] : ['sh', '-c', limited]
  return hear(spawnSync(command, [...args, ...put], { encoding: 'utf8' }))
}

function hear({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }): Saying {
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}
