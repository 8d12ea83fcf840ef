import { expect, test } from 'vitest'
import { rewriteImageUrl } from './rewrite-url.ts'

const signed = 'https://imagedelivery.net/h/a/b/public?exp=1&sig=2'
const remote = 'https://shop.example/cdn-cgi/image/w=1/photos/1.jpg?v=2'
const zone = { host: 'zone', origin: 'https://shop.example' } as const

test('what a URL shows is replaced and never appended, and no signature stays', () => {
  expect(rewriteImageUrl(signed, { variant: 'big' })).toBe('https://imagedelivery.net/h/a/b/big')
  const flexible = rewriteImageUrl(signed, { transform: { width: 4 } })
  expect(flexible).toBe('https://imagedelivery.net/h/a/b/width=4')
  expect(rewriteImageUrl(flexible, { variant: 'big' })).toBe('https://imagedelivery.net/h/a/b/big')
})

test('options are merged', () => {
  const url = 'https://imagedelivery.net/h/i/w=4,fit=crop'
  expect(rewriteImageUrl(url, { merge: { fit: undefined, height: 5 } })).toBe(
    'https://imagedelivery.net/h/i/height=5,width=4',
  )
  expect(rewriteImageUrl(remote, { merge: { blur: 9 } })).toBe(
    'https://shop.example/cdn-cgi/image/blur=9,width=1/photos/1.jpg?v=2',
  )
})

test('a hosted image moves to a zone and back', () => {
  const there = rewriteImageUrl(signed, zone)
  expect(there).toBe('https://shop.example/cdn-cgi/imagedelivery/h/a/b/public')
  const back = { host: 'imagedelivery', origin: 'https://imagedelivery.net' } as const
  expect(rewriteImageUrl(there, back)).toBe('https://imagedelivery.net/h/a/b/public')
})

test('several changes are made in turn', () => {
  expect(rewriteImageUrl(signed, zone, { variant: 'big' })).toBe(
    'https://shop.example/cdn-cgi/imagedelivery/h/a/b/big',
  )
})

test('a remote picture has options and nothing else to change', () => {
  expect(() => rewriteImageUrl(remote, { variant: 'big' })).toThrow(/only its options change/)
  expect(() => rewriteImageUrl(remote, zone)).toThrow(TypeError)
})

test('what is no image URL cannot be rewritten', () => {
  expect(() => rewriteImageUrl('https://shop.example/x', { variant: 'big' })).toThrow(TypeError)
})
