import { buildImageUrl } from '@lightfast/core'
import type { Transform } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import { expect, test } from 'vitest'
import { openAccount } from '../test-support/open-account.ts'
import { png } from '../test-support/open-uploads.ts'
import { signUrl } from './sign-url.ts'
import { importSigningKey } from './signing-key.ts'

// An emulator without pixels answers 501 "needs pixels" to whoever it would show a picture.
const hosted = {
  accountHash: localAccount.accountHash,
  host: 'imagedelivery',
  origin: 'https://imagedelivery.net',
} as const

const wishes: readonly Transform[] = [
  { width: 'auto', height: 12_000, fit: 'aspect-crop', gravity: { x: 0.25, y: 1 }, dpr: 1.5 },
  {
    trim: { top: 20, right: 30, bottom: 20, left: 0 },
    rotate: 270,
    flip: 'hv',
    upscale: 'interpolate',
  },
  { trim: { left: 1, top: 2, width: 3, height: 4 }, background: 'rgb(240,40,145)', blur: 250 },
  { trim: 'border', background: '#ff00aa80', sharpen: 10, brightness: 0.5, contrast: 2, gamma: 1 },
  { saturation: 0, quality: 'medium-high', slowConnectionQuality: 1, format: 'baseline-jpeg' },
  {
    metadata: 'keep',
    anim: false,
    compression: 'fast',
    gravity: 'left',
    fit: 'scale-up',
    width: 4,
  },
]

test.each(wishes)('Cloudflare would understand %j', async (transform) => {
  const { client, emulator } = openAccount()
  await client.config.update({ flexibleVariants: true })
  const image = await client.images.upload({ file: new Blob([png]) }, { privacy: 'public' })
  const url = buildImageUrl({ ...hosted, shape: 'flexible', imageId: image.id, transform })
  const reply = await emulator.fetch(new Request(url))
  expect(await reply.text()).not.toMatch(/option|range/i)
  expect(reply.status).toBe(501)
})

test.each(['imagedelivery', 'zone'] as const)(
  'a signed URL is admitted on the host %s',
  async (host) => {
    const { client, emulator } = openAccount()
    const image = await client.images.upload({ file: new Blob([png]) }, { privacy: 'private' })
    const parts = { ...hosted, host, shape: 'named', imageId: image.id, variant: 'public' } as const
    const url = buildImageUrl(parts)
    const signed = await signUrl(
      url,
      Date.now() + 60_000,
      await importSigningKey(localAccount.signingKey),
    )
    expect((await emulator.fetch(new Request(url))).status).toBe(403)
    expect((await emulator.fetch(new Request(signed))).status).toBe(501)
  },
)
