import { expect, test } from 'vitest'
import { sniff } from './sniff.ts'

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

test.each([
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['GIF87a', 'image/gif'],
  ['GIF89a', 'image/gif'],
  ['RIFF\x01\x02\x03\x04WEBPVP8 ', 'image/webp'],
  ['<svg xmlns="">', 'image/svg+xml'],
  ['<?xml version="1.0"?>\n<!-- hello -->\n<!DOCTYPE svg>\n<svg>', 'image/svg+xml'],
])('%j is %s', (text, type) => {
  expect(sniff(bytes(text))).toBe(type)
})

test.each(['', 'GIF88a', '%PDF-1.7', '<html><svg></svg></html>', '\x00\x00\x00\x18ftypheic'])(
  '%j is none of them',
  (text) => {
    expect(sniff(bytes(text))).toBeUndefined()
  },
)
