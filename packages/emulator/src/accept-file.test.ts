import { expect, test } from 'vitest'
import { openAccount, read } from './test-support/account.ts'
import type { Picture, Pixels } from './pixels.ts'

const gif = new File(['GIF89a'], 'a.gif')
const webp = new File(['RIFF0000WEBP'], 'a.webp')

/** Stands for a picture library that found these measures. */
const finding = (picture: Picture | undefined): Pixels => ({
  inspect: async () => picture,
  resize: async () => new Uint8Array(),
})

async function judge(file: File, picture: Picture | undefined): Promise<number | undefined> {
  const { slot, upload } = openAccount({ pixels: finding(picture) })
  return (await read(await upload((await slot()).uploadURL, file))).errors[0]?.code
}

test('refuses what cannot be decoded', async () => {
  expect(await judge(gif, undefined)).toBe(9422)
})

test('refuses more than a hundred megapixels', async () => {
  expect(await judge(gif, { width: 10_001, height: 10_000, frames: 1 })).toBe(9413)
  expect(await judge(gif, { width: 10_000, height: 10_000, frames: 1 })).toBeUndefined()
})

test('refuses a side of more than 12,000 pixels, except in WebP', async () => {
  expect(await judge(gif, { width: 12_001, height: 1, frames: 1 })).toBe(9413)
  expect(await judge(webp, { width: 12_001, height: 1, frames: 1 })).toBeUndefined()
})

test('refuses an animation whose frames make more than a hundred megapixels', async () => {
  expect(await judge(gif, { width: 1000, height: 1000, frames: 101 })).toBe(5443)
  expect(await judge(gif, { width: 1000, height: 1000, frames: 100 })).toBeUndefined()
})

test('takes the status of a refusal from the settings', async () => {
  const { slot, upload } = openAccount({ settings: { statuses: { 5455: 400 } } })
  expect((await upload((await slot()).uploadURL, new File(['x'], 'x.png'))).status).toBe(400)
})
