import { buildDeliveryUrl } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { importAccountKeys } from '../delivery/key-ring.ts'
import { finishRotation } from '../delivery/rotate-keys.ts'
import { signUrl } from '../delivery/sign-url.ts'
import { png } from '../test-support/open-uploads.ts'
import { setUpCommand } from '../test-support/set-up-command.ts'
import type { CommandTest } from '../test-support/set-up-command.ts'

// Each runs processes of their own, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 60_000 })

let app: CommandTest

beforeEach(async () => {
  app = await setUpCommand()
})
afterEach(() => app.close())

const rotate = (...args: readonly string[]) => app.run(['keys', 'rotate', ...args]).ended

async function names(): Promise<readonly string[]> {
  return (await app.client.keys.list()).map(({ name }) => name)
}

/** Signs a URL of a private image with the keys that the account has at this moment. */
async function sign(): Promise<string> {
  const { id: imageId } = await app.client.images.upload(
    { file: new Blob([png]) },
    { privacy: 'private' },
  )
  const { accountHash } = localAccount
  const url = buildDeliveryUrl({ accountHash, imageId, variant: 'public' })
  return signUrl(url, Date.now() + 60_000, await importAccountKeys(await app.client.keys.list()))
}

// This emulator has no pixels: it answers 501 to whoever may see a picture, and 403 to all others.
const show = async (url: string) => (await app.emulator.fetch(new Request(url))).status

describe('lightfast keys rotate', () => {
  test('replaces the key in two steps, and no URL fails in between', async () => {
    const [before] = await app.client.keys.list()
    const old = await sign()
    const begun = await rotate()
    expect([begun.code, begun.err]).toEqual([0, ''])
    expect(begun.out).toMatch(/The key lightfast-1 was added beside default/)
    expect(await names()).toEqual(['default', 'lightfast-1'])
    expect((await app.client.keys.list())[0]).toEqual(before)
    const fresh = await sign()
    expect([await show(old), await show(fresh)]).toEqual([501, 501])
    const finished = await rotate('--finish', '--yes')
    expect(finished.out).toMatch(/The key default was deleted: lightfast-1 is left/)
    expect(await names()).toEqual(['lightfast-1'])
    expect([await show(old), await show(fresh)]).toEqual([403, 501])
    const values = [before, ...(await app.client.keys.list())].flatMap((key) => key?.value ?? [])
    expect(values).toHaveLength(2)
    for (const value of values) expect(begun.out + finished.out).not.toContain(value)
  })

  test('goes on where it was cut off, and never makes a key anew', async () => {
    await rotate()
    const keys = await app.client.keys.list()
    const again = await rotate('--json')
    expect(JSON.parse(again.out)).toEqual({
      ok: true,
      dryRun: false,
      status: 'waiting',
      newer: 'lightfast-1',
      older: 'default',
    })
    expect(await app.client.keys.list()).toEqual(keys)
  })

  test('tells in a dry run what a real run then does', async () => {
    for (const args of [[], ['--finish', '--yes'], ['--finish', '--yes']]) {
      const look = await rotate(...args, '--dry-run', '--json')
      const real = await rotate(...args, '--json')
      expect({ ...JSON.parse(real.out), dryRun: true }).toEqual(JSON.parse(look.out))
    }
    expect(await names()).toEqual(['lightfast-1'])
  })

  test('never deletes the last key, and nothing without being told so', async () => {
    const alone = await rotate('--finish', '--yes')
    expect([alone.code, alone.out]).toEqual([
      0,
      expect.stringContaining('nothing is to be deleted'),
    ])
    await app.client.keys.create('lightfast-1')
    const unasked = await rotate('--finish')
    expect([unasked.code, unasked.out]).toEqual([2, ''])
    expect(unasked.err).toContain('without a terminal it needs --yes')
    expect(await names()).toEqual(['default', 'lightfast-1'])
  })

  test('asks which key is old where names do not tell', async () => {
    await app.client.keys.create('second')
    const { code, err } = await rotate('--finish', '--yes')
    expect([code, err]).toEqual([1, expect.stringContaining('cannot be told which key is older')])
    expect((await rotate('--finish', '--yes', '--old', 'default')).code).toBe(0)
    expect(await names()).toEqual(['second'])
  })

  test('shows no value but to a terminal', async () => {
    const { code, out, err } = await rotate('--show-value')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('it needs a terminal')
    expect(await names()).toEqual(['default'])
  })

  test('names what is missing, and asks nobody', async () => {
    const { code, err } = await app.run(['keys', 'rotate'], {}).ended
    expect(code).toBe(2)
    expect(err).toContain('CLOUDFLARE_API_TOKEN is not set.')
    expect(err).not.toContain('LIGHTFAST_DATABASE_URL')
    expect(app.emulator.requests()).toEqual([])
  })
})

test('a key stays if the account has changed while somebody thought', async () => {
  const { keys } = app.client
  const rotation = { status: 'rotating', newer: 'lightfast-1', older: 'default' } as const
  await expect(finishRotation(keys, rotation)).rejects.toThrow(/nothing was deleted/)
  expect(await names()).toEqual(['default'])
})
