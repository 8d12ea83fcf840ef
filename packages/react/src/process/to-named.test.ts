import { expect, it } from 'vitest'
import { toNamed } from './to-named.ts'

it.each([
  ['beach.heic', 'image/jpeg', 'beach.jpg'],
  ['BEACH.HEIF', 'image/jpeg', 'BEACH.jpg'],
  ['beach.jpeg', 'image/webp', 'beach.webp'],
  ['beach', 'image/png', 'beach.png'],
  ['beach v1.2', 'image/png', 'beach v1.2.png'],
  ['beach.png.avif', 'image/webp', 'beach.png.webp'],
])('%s that became %s is called %s', (name, type, called) => {
  const named = toNamed(new Blob(['bytes'], { type }), name)
  expect([named.name, named.type, named.size]).toEqual([called, type, 5])
})
