import { describe, expect, test } from 'vitest'
import { createMemoryRenditionCache } from './memory-rendition-cache.ts'
import type { Rendition } from './rendition-cache.ts'

const KILOBYTE = 1000

describe('a cache in memory', () => {
  test('answers what was put, and nothing for what was not', async () => {
    const cache = createMemoryRenditionCache()
    await cache.put('a', make(1))
    expect(await cache.get('a')).toEqual(make(1))
    expect(await cache.get('b')).toBeUndefined()
  })

  test('keeps what was put, whatever becomes of the memory it came in', async () => {
    const cache = createMemoryRenditionCache()
    const rendition = make(1)
    await cache.put('a', rendition)
    rendition.bytes.fill(9)
    expect(await cache.get('a')).toEqual(make(1))
  })

  test('answers the newer of two that were put under one key, and counts only that', async () => {
    const cache = createMemoryRenditionCache({ maxBytes: 2500 })
    for (const fill of [1, 2, 3]) await cache.put('a', make(fill))
    await cache.put('b', make(4))
    expect(await cache.get('a')).toEqual(make(3))
    expect(await cache.get('b')).toEqual(make(4))
  })

  test('lets go of what was used least recently', async () => {
    const cache = createMemoryRenditionCache({ maxBytes: 2500 })
    await cache.put('a', make(1))
    await cache.put('b', make(2))
    await cache.get('a')
    await cache.put('c', make(3))
    expect(await cache.get('b')).toBeUndefined()
    expect(await cache.get('a')).toEqual(make(1))
    expect(await cache.get('c')).toEqual(make(3))
  })

  test('keeps nothing that is larger than it may be, and loses nothing else to it', async () => {
    const cache = createMemoryRenditionCache({ maxBytes: 2500 })
    await cache.put('a', make(1))
    await cache.put('b', make(2, 3 * KILOBYTE))
    expect(await cache.get('b')).toBeUndefined()
    expect(await cache.get('a')).toEqual(make(1))
  })

  test('answers nothing old once something too large was put in its place', async () => {
    const cache = createMemoryRenditionCache({ maxBytes: 2500 })
    await cache.put('a', make(1))
    await cache.put('a', make(2, 3 * KILOBYTE))
    expect(await cache.get('a')).toBeUndefined()
  })

  test('does not grow without end by pictures of no bytes', async () => {
    const cache = createMemoryRenditionCache({ maxBytes: 2500 })
    for (let at = 0; at < 100; at += 1) await cache.put(String(at), make(0, 0))
    expect(await cache.get('0')).toBeUndefined()
    expect(await cache.get('99')).toEqual(make(0, 0))
  })

  test.each([-1, Number.NaN])('cannot be given %s bytes', (maxBytes) => {
    expect(() => createMemoryRenditionCache({ maxBytes })).toThrow('maxBytes must be')
  })
})

function make(fill: number, sizeBytes = KILOBYTE): Rendition {
  return {
    bytes: new Uint8Array(sizeBytes).fill(fill),
    contentType: 'image/webp',
    storedAt: 1_800_000_000_000,
  }
}
