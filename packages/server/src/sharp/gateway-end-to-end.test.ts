import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localAccount } from '@lightfast/emulator'
import { createNodeEmulator } from '@lightfast/emulator/node'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { createImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { createDeliverySource } from '../delivery/create-delivery-source.ts'
import type { DeliverySourceOptions } from '../delivery/create-delivery-source.ts'
import { openFolderRenditionCache } from '../node/folder-rendition-cache.ts'
import { ada, addReady, bob, openGateway } from '../test-support/open-gateway.ts'
import { findDifference, makeNoise, makeOverlay, readPixels } from '../test-support/pictures.ts'
import { silent } from '../test-support/silent.ts'
import { createSharpRenderer } from './sharp-renderer.ts'

const presets = { wide: { width: 800, fit: 'scale-down', format: 'png' } } as const

test('a private image at Cloudflare is shown with the mark of whoever looks, and never as it is', async () => {
  const { source, image, gateway, get, asked, end } = await openAll()
  const shown = await Promise.all(
    [ada, bob].map(async (who) => {
      const { url } = await gateway.mint(who, image, { preset: 'wide', plan: 'shared' })
      return new Uint8Array(await (await get(url)).arrayBuffer())
    }),
  )
  const [adas = new Uint8Array(), bobs = new Uint8Array()] = shown
  expect(findDifference(await readPixels(adas), await readPixels(bobs))).toBeDefined()
  const { url } = await gateway.mint(ada, image, { preset: 'wide' })
  const bare = new Uint8Array(await (await get(url)).arrayBuffer())
  expect(await sharp(bare).metadata()).toMatchObject({ width: 800, height: 600 })
  expect(findDifference(await readPixels(adas), await readPixels(bare))).toBeDefined()
  expect(Buffer.from(bare).equals(Buffer.from(source))).toBe(false)
  // Three pictures, and each of them by a signed URL of one named variant.
  expect(asked.map((url) => url.pathname.split('/').at(-1))).toEqual([
    'gateway',
    'gateway',
    'gateway',
  ])
  expect(asked.every((url) => url.searchParams.has('sig'))).toBe(true)
  end()
})

test('a key that is not the account’s is told to the operator, and shows nothing', async () => {
  const signingKey = await importSigningKey('another key')
  const { image, gateway, get, end } = await openAll({ signingKey })
  const { url } = await gateway.mint(ada, image, { preset: 'wide' })
  await expect(get(url)).rejects.toMatchObject({ code: 'credentials_refused', status: 403 })
  end()
})

async function openAll(options: Partial<DeliverySourceOptions> = {}) {
  const emulator = createNodeEmulator({
    rateLimit: 'off',
    variants: [
      {
        id: 'gateway',
        options: { fit: 'scale-down', width: 1600, height: 1600, metadata: 'none' },
      },
    ],
  })
  const client = createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    batch: 'off',
    fetch: emulator.fetch,
    logger: silent,
  })
  const { bytes } = await makeNoise(2000, 1500)
  const uploaded = await client.images.upload(
    { file: new Blob([bytes]), name: 'photo.jpg' },
    {
      privacy: 'private',
    },
  )
  const asked: URL[] = []
  const path = mkdtempSync(join(tmpdir(), 'lightfast-gateway-'))
  const opened = await openGateway({
    presets,
    overlays: { logo: await makeOverlay(240, 80) },
    renderer: createSharpRenderer(),
    cache: await openFolderRenditionCache({ path }),
    now: () => Date.now(),
    source: createDeliverySource({
      accountHash: localAccount.accountHash,
      signingKey: await importSigningKey(localAccount.signingKey),
      variant: 'gateway',
      fetch(request) {
        asked.push(new URL(request.url))
        return emulator.fetch(request)
      },
      ...options,
    }),
  })
  const image = await addReady(opened.store, { cloudflareId: uploaded.id })
  return { ...opened, image, asked, source: bytes, end: () => rmSync(path, { recursive: true }) }
}
