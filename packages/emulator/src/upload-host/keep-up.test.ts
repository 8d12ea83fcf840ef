import { expect, test } from 'vitest'
import { openAccount, read, svg } from '../test-support/account.ts'

/** A body that sends one byte and then nothing. */
const silent = (): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) })

async function sendSlowly(options: Parameters<typeof openAccount>[0]) {
  const { emulator, slot } = openAccount(options)
  const init = { method: 'POST', body: silent(), duplex: 'half' }
  return emulator.fetch(new Request((await slot()).uploadURL, init))
}

test('refuses who falls silent, by the clock and the sleep it was given', async () => {
  const clock = { now: 1_800_000_000_000 }
  const sleep = async (ms: number): Promise<void> => void (clock.now += ms)
  const reply = await sendSlowly({ now: () => clock.now, sleep })
  expect(reply.status).toBe(408)
  expect((await read(reply)).errors[0]?.code).toBe(5408)
  expect(clock.now).toBe(1_800_000_015_000)
})

test('says so in text where the setting does', async () => {
  const clock = { now: 1_800_000_000_000 }
  const sleep = async (ms: number): Promise<void> => void (clock.now += ms)
  const settings = { uploadErrorFormat: 'text' } as const
  const reply = await sendSlowly({ now: () => clock.now, sleep, settings })
  expect(await reply.text()).toMatch(/^ERROR 5408: /)
})

test('judges nobody by a sleep that does not wait', async () => {
  const { slot, upload } = openAccount({ sleep: async () => {} })
  expect((await upload((await slot()).uploadURL, svg)).status).toBe(200)
})

test('watches nobody where it is turned off', async () => {
  const waited: number[] = []
  const sleep = async (ms: number): Promise<void> => void waited.push(ms)
  const { slot, upload } = openAccount({ sleep, settings: { slowUpload: 'off' } })
  expect((await upload((await slot()).uploadURL, svg)).status).toBe(200)
  expect(waited).toEqual([])
})
