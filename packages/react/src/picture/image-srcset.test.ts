import { definePresets, presetVariants } from '@lightfast/core'
import { expect, it } from 'vitest'
import { imageSrcset } from './image-srcset.ts'

const presets = definePresets({ gallery: { fit: 'scale-down', widths: [320, 640] } })
const variants = presetVariants(presets, 'gallery')

it('names every width of the preset, for an id with slashes and for a zone of one’s own too', () => {
  expect(imageSrcset('https://imagedelivery.net/hash/2026/tide/public', variants)).toBe(
    'https://imagedelivery.net/hash/2026/tide/gallery-320 320w, https://imagedelivery.net/hash/2026/tide/gallery-640 640w',
  )
  expect(imageSrcset('https://a.example/cdn-cgi/imagedelivery/hash/id/public', variants)).toContain(
    'https://a.example/cdn-cgi/imagedelivery/hash/id/gallery-320 320w',
  )
})

it.each([
  ['a signature covers its variant', 'https://imagedelivery.net/hash/id/public?exp=1&sig=a'],
  ['an address of the gateway is one rendition', '/api/images/view/a.b.c'],
  ['it is a picture from elsewhere', 'data:image/png;base64,AAAA'],
])('has nothing to offer where %s', (_, url) => {
  expect(imageSrcset(url, variants)).toBeUndefined()
})
