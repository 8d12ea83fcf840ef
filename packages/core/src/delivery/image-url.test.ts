import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyTransform } from '../test-support/any-transform.ts'
import { buildImageUrl, parseImageUrl, recogniseDeliveryUrl } from './image-url.ts'
import type { ImageUrl } from './image-url.ts'

const hosted = { accountHash: 'h4sh', imageId: 'a/b', origin: 'https://imagedelivery.net' } as const
const named = { ...hosted, shape: 'named', host: 'imagedelivery', variant: 'public' } as const
const flexible = {
  ...hosted,
  shape: 'flexible',
  host: 'imagedelivery',
  transform: { width: 40, fit: 'crop' },
} as const
const remote = {
  shape: 'remote',
  origin: 'https://shop.example',
  transform: { format: 'auto' },
  source: 'https://photos.example/1.jpg?v=2',
} as const

test.each<[string, ImageUrl, string]>([
  ['a named variant', named, 'https://imagedelivery.net/h4sh/a/b/public'],
  ['a flexible variant', flexible, 'https://imagedelivery.net/h4sh/a/b/fit=crop,width=40'],
  [
    'a named variant on a zone',
    { ...named, host: 'zone', origin: 'https://shop.example' },
    'https://shop.example/cdn-cgi/imagedelivery/h4sh/a/b/public',
  ],
  [
    'a flexible variant on a zone',
    { ...flexible, host: 'zone', origin: 'https://shop.example' },
    'https://shop.example/cdn-cgi/imagedelivery/h4sh/a/b/fit=crop,width=40',
  ],
  [
    'a picture from elsewhere',
    remote,
    'https://shop.example/cdn-cgi/image/format=auto/https://photos.example/1.jpg?v=2',
  ],
  [
    'a picture of the zone',
    { ...remote, source: '/photos/1.jpg' },
    'https://shop.example/cdn-cgi/image/format=auto/photos/1.jpg',
  ],
])('%s is built, and read back', (_, parts, url) => {
  expect(buildImageUrl(parts)).toBe(url)
  expect(parseImageUrl(url)).toEqual(parts)
  expect(recogniseDeliveryUrl(url)).toEqual(parts)
})

const anyName = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((name) => !/[\p{Cc}/\\]/u.test(name) && name !== '.' && name !== '..')
const anyPath = fc.array(anyName, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'))
const anyOrigin = fc.constantFrom('https://imagedelivery.net', 'http://127.0.0.1:8787')
const anyHosted = {
  host: fc.constantFrom('imagedelivery', 'zone'),
  origin: anyOrigin,
  accountHash: fc.stringMatching(/^[\w-]{8,22}$/),
  imageId: anyPath,
}
const anySource = anyPath
  .filter((path) => !path.startsWith('cdn-cgi'))
  .map((path) => `/${path.split('/').map(encodeURIComponent).join('/')}`)
const anyUrl: fc.Arbitrary<ImageUrl> = fc.oneof(
  fc.record({
    shape: fc.constant('named'),
    ...anyHosted,
    variant: fc.stringMatching(/^[\w-]{1,99}$/),
  }),
  fc.record({
    shape: fc.constant('flexible'),
    ...anyHosted,
    transform: anyTransform('flexible-variant'),
  }),
  fc.record({
    shape: fc.constant('remote'),
    origin: anyOrigin,
    transform: anyTransform('remote-url'),
    source: fc.oneof(
      anySource,
      anySource.map((path) => `https://photos.example${path}?a=1,2`),
    ),
  }),
)

test('whatever is built is read back as it was, and built the same again', () => {
  fc.assert(
    fc.property(anyUrl, (parts) => {
      const url = buildImageUrl(parts)
      expect(URL.canParse(url)).toBe(true)
      // A host would be asked for exactly this.
      expect(new URL(url).href).toBe(url)
      expect(parseImageUrl(url)).toEqual(parts)
      expect(buildImageUrl(parseImageUrl(url))).toBe(url)
    }),
    { numRuns: 500 },
  )
})

test('no text makes the question what a URL is throw', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.string().map((path) => `https://imagedelivery.net/h/${path}`),
    fc.string().map((path) => `https://shop.example/cdn-cgi/image/${path}`),
  )
  fc.assert(
    fc.property(anyText, (text) => {
      const found = recogniseDeliveryUrl(text)
      if (found) expect(recogniseDeliveryUrl(buildImageUrl(found))).toEqual(found)
    }),
    { numRuns: 500 },
  )
})

describe('what only looks like a delivery URL is none', () => {
  test.each([
    ['', /no absolute URL/],
    ['/h/i/public', /no absolute URL/],
    ['ftp://imagedelivery.net/h/i/public', /no absolute URL/],
    ['https://me:secret@imagedelivery.net/h/i/public', /password/],
    ['https://imagedelivery.net/h/i/public#x', /fragment/],
    ['https://imagedelivery.net/h/../i/public', /dot segment/],
    ['https://imagedelivery.net/h/%2e%2E/i/public', /dot segment/],
    ['https://imagedelivery.net/h/a%2F..%2Fb/public', /encoded slash/],
    ['https://imagedelivery.net/h/a\\b/public', /backslash/],
    ['https://imagedelivery.net/h/a%5Cb/public', /backslash/],
    ['https://imagedelivery.net/h/a%00b/public', /control character/],
    ['https://imagedelivery.net/h/a\nb/public', /control character/],
    ['https://imagedelivery.net/h/a b/public', /space/],
    ['https://imagedelivery.net/h//public', /empty segment/],
    ['https://imagedelivery.net/h/i/', /empty segment/],
    ['https://imagedelivery.net/h/i/public/', /empty segment/],
    ['https://imagedelivery.net/h/100%/public', /percent-encoded/],
    ['https://imagedelivery.net/h/i/public?exp=1&exp=2', /parameter twice/],
    ['https://imagedelivery.net/h/i/w=1,width=2', /width is given twice/],
    ['https://imagedelivery.net/h/i/w=1,', /name=value/],
    ['https://imagedelivery.net/h/i/draw=x', /does not take draw/],
    ['https://imagedelivery.net/h/i/onerror=redirect', /does not take onerror/],
    ['https://imagedelivery.net/h/public', /<hash>\/<id>/],
    ['https://shop.example/cdn-cgi/imagedelivery/h/public', /<hash>\/<id>/],
    ['https://shop.example/cdn-cgi/trace/h/i/public', /Of \/cdn-cgi/],
    ['https://shop.example/cdn-cgi/image', /Of \/cdn-cgi|<hash>/],
    ['https://shop.example/%63dn-cgi/imagedelivery/h/i/public', /account hash/],
    ['https://shop.example/cdn-cgi/image/public/a.jpg', /name=value/],
    ['https://shop.example/cdn-cgi/image/w=1', /empty segment/],
    ['https://shop.example/cdn-cgi/image/w=1/../a.jpg', /dot segment/],
    ['https://shop.example/cdn-cgi/image/w=1/https:/a.jpg', /no absolute URL/],
    ['https://shop.example/cdn-cgi/image/w=1/cdn-cgi/image/w=1/a.jpg', /not transformed again/],
    ['https://shop.example/cdn-cgi/image/w=1/https://me@x/a.jpg', /password/],
  ])('%s', (url, reason) => {
    expect(() => parseImageUrl(url)).toThrow(TypeError)
    expect(() => parseImageUrl(url)).toThrow(reason)
    expect(recogniseDeliveryUrl(url)).toBeNull()
  })

  test('a page of somebody else, unless it is said that pictures are delivered there', () => {
    const url = 'http://127.0.0.1:8787/h/i/public'
    expect(recogniseDeliveryUrl(url)).toBeNull()
    const deliveryOrigin = 'http://127.0.0.1:8787'
    expect(recogniseDeliveryUrl(url, { deliveryOrigin })).toMatchObject({ shape: 'named' })
  })
})

test('the two prefixes of a zone are never taken for each other', () => {
  const zone = 'https://shop.example/cdn-cgi'
  expect(parseImageUrl(`${zone}/imagedelivery/image/i/w=1`)).toMatchObject({ shape: 'flexible' })
  expect(parseImageUrl(`${zone}/image/w=1/imagedelivery/h/i/public`)).toMatchObject({
    shape: 'remote',
    source: '/imagedelivery/h/i/public',
  })
})

test.each<[string, Partial<Record<string, unknown>>]>([
  ['an empty id', { imageId: '' }],
  ['an id that begins with a slash', { imageId: '/a' }],
  ['a dot segment', { imageId: 'a/../b' }],
  ['a backslash', { imageId: 'a\\b' }],
  ['a control character', { imageId: 'a\u0000' }],
  ['half a character', { imageId: '\uD800' }],
  ['a hash that is a path', { accountHash: 'h/i' }],
  ['the hash of another prefix', { accountHash: 'cdn-cgi' }],
  ['an origin with a path', { origin: 'https://imagedelivery.net/x' }],
  ['a variant that is a list', { variant: 'w=400' }],
])('%s is not built', (_, wrong) => {
  expect(() => buildImageUrl({ ...named, ...wrong })).toThrow(TypeError)
})
