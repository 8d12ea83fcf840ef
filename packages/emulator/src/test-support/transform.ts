/** Uploads a picture, asks for a list of options and looks at what comes. */
import { expect } from 'vitest'
import { createSharpPixels } from '../node/sharp-pixels.ts'
import { localAccount } from '../options.ts'
import { publicVariant } from '../variant.ts'
import { openAccount } from './account.ts'
import { decode } from './pictures.ts'
import type { TestAccount } from './account.ts'

const signingKeys = [{ name: 'default', value: localAccount.signingKey }]
const state = {
  variants: [publicVariant],
  signingKeys,
  flexibleVariants: true,
  browserTtlSeconds: null,
}
/** An account with true pixels in which lists of options are turned on. */
export const account: TestAccount = openAccount({
  pixels: createSharpPixels(),
  accountStore: { load: () => state, save: () => {} },
})

/** Uploads a picture and resolves to its id. */
export async function upload(file: Blob): Promise<string> {
  const { id, uploadURL } = await account.slot()
  expect((await account.upload(uploadURL, file)).status).toBe(200)
  return id
}

/** A delivered picture to look at. */
export type Look = Awaited<ReturnType<typeof decode>> & {
  readonly size: readonly [number, number]
  readonly reply: Response
  /** Names the colour of a pixel. */
  readonly name: (x: number, y: number) => Promise<string>
}

/** Delivers a picture as a list of options says. */
export async function transform(file: Blob, options: string, accept = '*/*'): Promise<Look> {
  const reply = await account.get(`/${await upload(file)}/${options}`, { Accept: accept })
  expect([reply.status, reply.status === 200 ? '' : await reply.clone().text()]).toEqual([200, ''])
  const picture = await decode(reply.clone())
  const size = [picture.width, picture.height] as const
  return { ...picture, reply, size, name: async (x, y) => nameOf(await picture.at(x, y)) }
}

const colours = {
  red: [255, 0, 0],
  green: [0, 255, 0],
  blue: [0, 0, 255],
  yellow: [255, 255, 0],
  white: [255, 255, 255],
  black: [0, 0, 0],
  grey: [128, 128, 128],
}

/** Names a colour, or says its numbers. */
export function nameOf(given: readonly number[]): string {
  const known = Object.entries(colours).find(([, wanted]) =>
    wanted.every((value, at) => Math.abs(value - (given[at] ?? 0)) < 40),
  )
  return known?.[0] ?? given.join(' ')
}

/** Names the colours at the four corners, a little within. */
export async function corners({ name, width, height }: Look): Promise<string> {
  const [right, bottom] = [width - 3, height - 3]
  const names = [name(2, 2), name(right, 2), name(2, bottom), name(right, bottom)]
  return (await Promise.all(names)).join(' ')
}
