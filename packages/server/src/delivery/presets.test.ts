import { definePresets, presetVariants } from '@lightfast/core'
import { expect, test } from 'vitest'
import { importSigningKeyRing } from './key-ring.ts'
import { parsePresets } from './presets-schema.ts'
import { signPreset } from './presets.ts'
import { verifyUrl } from './sign-url-verify.ts'

const presets = definePresets({
  gallery: { fit: 'scale-down', widths: [320, 640] },
  avatar: { fit: 'cover', widths: [64], ratio: 1, neverRequireSignedURLs: true },
})
const image = {
  accountHash: 'h4sh',
  imageId: 'bc27a117-9509-446b-8c69-c81bfeac0a01',
  expiresAt: 5000,
}

test('every width of a preset is signed, and no other URL is in its srcset', async () => {
  const ring = await importSigningKeyRing(['newer', 'older'])
  const { src, srcset, urls } = await signPreset(image, presetVariants(presets, 'gallery'), ring)
  const valid = { status: 'valid', expiresAt: 5000 }
  for (const url of urls.values()) expect(await verifyUrl(url, 0, ring)).toEqual(valid)
  expect(src).toBe(urls.get('gallery-640'))
  expect(srcset).toBe(`${urls.get('gallery-320')} 320w, ${urls.get('gallery-640')} 640w`)
  const variants = presetVariants(presets, 'gallery')
  const narrow = await signPreset({ ...image, srcWidth: 100 }, variants, ring)
  expect(narrow.src).toBe(urls.get('gallery-320'))
})

test('what everybody may see is not signed', async () => {
  const ring = await importSigningKeyRing(['a-key'])
  const { src } = await signPreset(image, presetVariants(presets, 'avatar'), ring)
  expect(src).toBe(`https://imagedelivery.net/h4sh/${image.imageId}/avatar-64`)
})

test.each([
  [[], /the whole/],
  [{ a: { fit: 'squeeze', widths: [1] } }, /a\.fit/],
  [{ a: { fit: 'cover', widths: ['1'] } }, /a\.widths\.0/],
  [{ a: { fit: 'cover', widths: [1], ration: 1 } }, /a\.ration/],
  [{ a: { fit: 'cover', widths: [1] } }, /needs a ratio/],
])('%j are no presets', (value, reason) => {
  expect(() => parsePresets(value)).toThrow(TypeError)
  expect(() => parsePresets(value)).toThrow(reason)
})

test('presets are read as they were written', () => {
  expect(parsePresets(JSON.parse(JSON.stringify(presets)))).toEqual(presets)
})
