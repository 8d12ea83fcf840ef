import { describe, expect, test } from 'vitest'
import { buildDeliveryUrl, parseDeliveryUrl } from './url.ts'

const parts = {
  accountHash: 'h4sh',
  imageId: '2cdc28f0-017a-49c4-9ed7-87056c83901',
  variant: 'public',
}

describe('buildDeliveryUrl', () => {
  test('joins hash, id and variant on the delivery host', () => {
    expect(buildDeliveryUrl(parts)).toBe(
      'https://imagedelivery.net/h4sh/2cdc28f0-017a-49c4-9ed7-87056c83901/public',
    )
  })

  test('keeps the slashes of a custom id and escapes the rest', () => {
    expect(buildDeliveryUrl({ ...parts, imageId: 'cats/50% off?.png' })).toBe(
      'https://imagedelivery.net/h4sh/cats/50%25%20off%3F.png/public',
    )
  })

  test('takes another origin', () => {
    expect(buildDeliveryUrl({ ...parts, origin: 'http://127.0.0.1:5173' })).toMatch(
      /^http:\/\/127\.0\.0\.1:5173\/h4sh\//,
    )
  })

  test.each(['', '..', 'a//b', '../zones', 'a/./b'])('refuses the id "%s"', (imageId) => {
    expect(() => buildDeliveryUrl({ ...parts, imageId })).toThrow(TypeError)
  })

  test.each(['', 'w=400', 'w=400,h=300', 'a/b', '..'])('refuses the variant "%s"', (variant) => {
    expect(() => buildDeliveryUrl({ ...parts, variant })).toThrow(TypeError)
  })
})

describe('parseDeliveryUrl', () => {
  test.each([parts.imageId, 'cats/and/dogs', '100%', 'ü?#&'])(
    'reads back the id "%s"',
    (imageId) => {
      expect(parseDeliveryUrl(buildDeliveryUrl({ ...parts, imageId }))).toEqual({
        ...parts,
        imageId,
        origin: 'https://imagedelivery.net',
      })
    },
  )

  test('leaves the signature out', () => {
    expect(parseDeliveryUrl(`${buildDeliveryUrl(parts)}?exp=1&sig=2`)).toMatchObject(parts)
  })

  test.each([
    'https://imagedelivery.net/',
    'https://imagedelivery.net/a/b',
    'https://imagedelivery.net/a/b/w=1',
  ])('refuses %s', (url) => {
    expect(() => parseDeliveryUrl(url)).toThrow(TypeError)
  })
})
