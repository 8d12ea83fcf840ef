import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Rendition } from '../delivery/rendition-cache.ts'
import { openFolderRenditionCache } from './folder-rendition-cache.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
let folder: string
let folders = 0

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lightfast-renditions-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

const nextPath = (): string => join(folder, String((folders += 1)))

describe('a cache in a folder', () => {
  test('answers what was put, whatever the key, and nothing for what was not', async () => {
    const cache = await openFolderRenditionCache({ path: nextPath() })
    for (const key of ['a', '../../etc/passwd', 'a\0b', 'ü'.repeat(900), '']) {
      await cache.put(key, make(7))
      expect(await cache.get(key)).toEqual(make(7))
    }
    expect(await cache.get('b')).toBeUndefined()
  })

  test('still has it after a restart, and another process has it as well', async () => {
    const path = nextPath()
    const first = await openFolderRenditionCache({ path })
    const second = await openFolderRenditionCache({ path })
    await first.put('a', make(1))
    expect(await second.get('a')).toEqual(make(1))
    expect(await (await openFolderRenditionCache({ path })).get('a')).toEqual(make(1))
  })

  test('holds no more than it may, and lets go of what was used least recently, across a restart', async () => {
    const path = nextPath()
    const clock = { now: Date.now() }
    const options = { path, maxBytes: 2600, now: () => clock.now }
    const first = await openFolderRenditionCache(options)
    for (const key of ['a', 'b']) {
      await first.put(key, make(1))
      clock.now += 2 * MINUTE_MS
    }
    await first.get('a')
    const second = await openFolderRenditionCache(options)
    clock.now += 2 * MINUTE_MS
    await second.put('c', make(3))
    expect(await second.get('b')).toBeUndefined()
    expect(await second.get('a')).toEqual(make(1))
    expect(await second.get('c')).toEqual(make(3))
    expect(sizeOf(path)).toBeLessThanOrEqual(2600)
  })

  test('holds no more than it may although several processes put there', async () => {
    const path = nextPath()
    const caches = await Promise.all(
      [1, 2, 3].map(() => openFolderRenditionCache({ path, maxBytes: 20_000 })),
    )
    for (let at = 0; at < 90; at += 1) await caches[at % 3]?.put(String(at), make(at))
    // Each looks at the others again after an eighth of the limit.
    expect(sizeOf(path)).toBeLessThanOrEqual(20_000 * 1.4)
    expect(await caches[2]?.get('89')).toEqual(make(89))
  })

  test('keeps nothing that is larger than it may be, and nothing old in its place', async () => {
    const path = nextPath()
    const cache = await openFolderRenditionCache({ path, maxBytes: 2000 })
    await cache.put('a', make(1))
    await cache.put('a', make(2, 3000))
    expect(await cache.get('a')).toBeUndefined()
    expect(readdirSync(path)).toEqual([])
  })

  test('keeps one whole picture of many that are put under one key at once', async () => {
    const path = nextPath()
    const cache = await openFolderRenditionCache({ path })
    await Promise.all(Array.from({ length: 40 }, (_, at) => cache.put('a', make(at, 100_000))))
    const found = await cache.get('a')
    expect(found).toEqual(make(found?.bytes[0] ?? -1, 100_000))
    expect(readdirSync(path)).toHaveLength(1)
  })
})

describe('what a crash leaves', () => {
  test.each([
    ['cut off', (file: string) => truncateSync(file, statSync(file).size - 10)],
    ['empty', (file: string) => truncateSync(file, 0)],
    ['changed', (file: string) => flip(file, statSync(file).size - 5)],
    ['changed at its head', (file: string) => flip(file, 3)],
    ['of another key', (file: string) => writeFileSync(file, readFileSync(file).subarray(40))],
  ])('is found out when it is %s, and goes', async (_, spoil) => {
    const path = nextPath()
    const cache = await openFolderRenditionCache({ path })
    await cache.put('a', make(1))
    spoil(join(path, readdirSync(path)[0] ?? ''))
    expect(await cache.get('a')).toBeUndefined()
    expect(readdirSync(path)).toEqual([])
    await cache.put('a', make(2))
    expect(await cache.get('a')).toEqual(make(2))
  })

  test('in the middle of a put is no picture, and goes when it is old', async () => {
    const path = nextPath()
    await openFolderRenditionCache({ path })
    const name = `.${'0'.repeat(64)}.rendition.${crypto.randomUUID()}.part`
    writeFileSync(join(path, name), 'half')
    await openFolderRenditionCache({ path })
    expect(readdirSync(path)).toEqual([name])
    await openFolderRenditionCache({ path, now: () => Date.now() + HOUR_MS + 1000 })
    expect(readdirSync(path)).toEqual([])
  })

  test('of a process that was killed while it put without end is a cache that answers whole pictures', async () => {
    const path = nextPath()
    const child = spawn(process.execPath, ['--input-type=module', '--eval', endless(path)])
    const exited = new Promise((resolve) => child.once('exit', resolve))
    await new Promise((resolve, reject) => {
      child.stdout.once('data', resolve)
      child.stderr.once('data', (line: Buffer) => reject(new Error(line.toString())))
    })
    child.kill('SIGKILL')
    await exited
    const cache = await openFolderRenditionCache({ path })
    const found = await Promise.all(Array.from({ length: 20 }, (_, at) => cache.get(String(at))))
    const whole = found.filter((rendition) => rendition !== undefined)
    expect(whole.length).toBeGreaterThan(0)
    for (const { bytes } of whole) expect(bytes.every((byte) => byte === bytes[0])).toBe(true)
  }, 20_000)
})

test('files of others stay, and do not count', async () => {
  const path = nextPath()
  await openFolderRenditionCache({ path })
  writeFileSync(join(path, 'notes.txt'), 'x'.repeat(5000))
  writeFileSync(join(path, `${'A'.repeat(64)}.rendition`), 'x'.repeat(5000))
  utimesSync(join(path, 'notes.txt'), 1, 1)
  let now = Date.now()
  // Within one millisecond nobody could tell which of two is older.
  const cache = await openFolderRenditionCache({ path, maxBytes: 1500, now: () => (now += 10) })
  await cache.put('a', make(1))
  await cache.put('b', make(2))
  expect(await cache.get('b')).toEqual(make(2))
  expect(existsSync(join(path, 'notes.txt'))).toBe(true)
  expect(readdirSync(path)).toHaveLength(3)
})

test('a folder that goes away is an empty cache, and rejects nothing', async () => {
  const path = nextPath()
  const cache = await openFolderRenditionCache({ path })
  await cache.put('a', make(1))
  rmSync(path, { recursive: true })
  expect(await cache.get('a')).toBeUndefined()
  expect(await cache.put('a', make(1))).toBeUndefined()
})

test('a path that is no folder is told at once', async () => {
  const path = nextPath()
  writeFileSync(path, 'a file')
  await expect(openFolderRenditionCache({ path })).rejects.toMatchObject({
    code: 'store_unavailable',
  })
})

function make(fill: number, sizeBytes = 1000): Rendition {
  return {
    bytes: new Uint8Array(sizeBytes).fill(fill),
    contentType: 'image/webp',
    storedAt: 1_795_000_000_000,
  }
}

function sizeOf(path: string): number {
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0)
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file)
  bytes[at] = 255 - (bytes[at] ?? 0)
  writeFileSync(file, bytes)
}

/** The program of a process that puts the same 20 pictures again and again. */
function endless(path: string): string {
  const module = new URL('folder-rendition-cache.ts', import.meta.url).href
  return `
    const { openFolderRenditionCache } = await import(${JSON.stringify(module)})
    const cache = await openFolderRenditionCache({ path: ${JSON.stringify(path)} })
    for (let at = 0; ; at += 1) {
      const bytes = new Uint8Array(2_000_000).fill(at)
      await cache.put(String(at % 20), { bytes, contentType: 'image/webp', storedAt: 0 })
      if (at === 30) console.log('writing')
    }`
}
