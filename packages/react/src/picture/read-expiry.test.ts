import { expect, it } from 'vitest'
import { readExpiry } from './read-expiry.ts'

const toToken = (claims: unknown): string =>
  [{ alg: 'HS256' }, claims, 'signature']
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')

it.each([
  ['https://imagedelivery.net/hash/id/gallery-480?exp=1800000000&sig=abc', 1_800_000_000_000],
  ['https://imagedelivery.net/hash/id/gallery-480?sig=abc&exp=1800000000', 1_800_000_000_000],
  [`/api/images/view/${toToken({ exp: 1_800_000_300, who: 'ü?>' })}`, 1_800_000_300_000],
  ['https://imagedelivery.net/hash/id/gallery-480', undefined],
  ['https://imagedelivery.net/hash/id/gallery-480?exp=soon', undefined],
  ['/photos?expand=1', undefined],
  ['/api/images/view/not.a-token.at-all', undefined],
  [`/api/images/view/${toToken({ forever: true })}`, undefined],
  [`/api/images/view/${toToken(null)}`, undefined],
  ['', undefined],
])('%s ends at %s', (url, expiresAt) => {
  expect(readExpiry(url)).toBe(expiresAt)
})
