import { expect, test } from 'vitest'
import { bundleStyles } from './bundle-styles.ts'

test('the stylesheet is published as one file that asks for no other', async () => {
  const css = new TextDecoder().decode(await bundleStyles())
  expect(css).not.toContain('@import')
  for (const slot of ['image-upload-root', 'avatar-root', 'upload-toast'])
    expect(css).toMatch(new RegExp(`\\[data-slot=['"]?${slot}['"]?\\]`))
})

test('everything in it is in the layer, so that whatever the app says wins', async () => {
  const css = new TextDecoder().decode(await bundleStyles())
  const outside = css.split('\n').filter((line) => /^[^\s}/]/.test(line))
  expect(new Set(outside)).toEqual(new Set(['@layer lightfast {']))
})
