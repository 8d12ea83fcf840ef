import type { Image } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import type { TransferResult, TransferTarget, UploadTransport } from '../upload/upload-transport.ts'
import { makeImage } from '../testing/make-image.ts'

/** What the other end is to do with the bytes. */
export type TransferScenario = 'accept' | 'refuse' | 'break' | 'hang'

export interface TransportSetup {
  readonly transport: UploadTransport
  readonly url: string
}

export type SetUpTransport = (
  scenario: TransferScenario,
  to: TransferTarget['to'],
) => Promise<TransportSetup>

const FILE = new Blob([new Uint8Array(300_000)], { type: 'image/png' })

/** What our server answers when it takes the bytes. */
export const parkedImage: Image = makeImage('parked', { rung: 'park' })

/** Runs the promises of `UploadTransport` against one implementation, for both ways that bytes can take. */
export function describeUploadTransport(name: string, setUp: SetUpTransport): void {
  describe.each(['host', 'server'] as const)(
    `${name} keeps the promises of an upload transport, to the %s`,
    (to) => {
      const beginAt: BeginAt = async (scenario, signal) =>
        begin(await setUp(scenario, to), { to, signal })
      describeOutcomes(beginAt, to)
      describeAborting(beginAt)
    },
  )
}

type BeginAt = (scenario: TransferScenario, signal?: AbortSignal) => Promise<Transfer>

function describeOutcomes(beginAt: BeginAt, to: TransferTarget['to']): void {
  it('says that the bytes have arrived, with the record if there is one', async () => {
    const { result } = await beginAt('accept')
    const image = to === 'host' ? null : parkedImage
    expect(await result).toEqual({ status: 'arrived', image })
  })

  it('tells progress that rises and never goes beyond the size of the file', async () => {
    const { result, progress } = await beginAt('accept')
    await result
    expect(progress.length).toBeGreaterThan(0)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(FILE.size)
  })

  it('answers the failure that it is told', async () => {
    const code = to === 'host' ? 'file_refused_by_host' : 'upload_conflict'
    expect(await (await beginAt('refuse')).result).toMatchObject({
      status: 'failed',
      failure: to === 'host' ? { code } : { code, retryAfterMs: 3000 },
    })
  })

  it('says that the bytes may have arrived when the connection breaks', async () => {
    expect(await (await beginAt('break')).result).toMatchObject({
      status: 'failed',
      failure: { code: 'transfer_interrupted' },
      cloudflareCode: null,
    })
  })
}

function describeAborting(beginAt: BeginAt): void {
  it('rejects once with the reason of its signal when that aborts', async () => {
    const controller = new AbortController()
    const { result } = await beginAt('hang', controller.signal)
    controller.abort(new Error('cancelled'))
    await expect(result).rejects.toThrow('cancelled')
  })

  it('rejects at once when its signal has aborted before', async () => {
    const signal = AbortSignal.abort(new Error('too late'))
    const { result, progress } = await beginAt('accept', signal)
    await expect(result).rejects.toThrow('too late')
    expect(progress).toEqual([])
  })

  it('tells no progress after it was aborted', async () => {
    const controller = new AbortController()
    const { result, progress } = await beginAt('hang', controller.signal)
    controller.abort(new Error('cancelled'))
    await result.catch(() => undefined)
    const told = progress.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(progress).toHaveLength(told)
  })
}

interface Transfer {
  readonly result: Promise<TransferResult>
  readonly progress: readonly number[]
}

interface BeginOptions {
  readonly to: TransferTarget['to']
  readonly signal: AbortSignal | undefined
}

function begin(
  { transport, url }: TransportSetup,
  { to, signal = new AbortController().signal }: BeginOptions,
): Transfer {
  const progress: number[] = []
  const onProgress = (loadedBytes: number): number => progress.push(loadedBytes)
  const target = { to, url }
  const result = transport.upload(FILE, { target, filename: 'cat.png', signal, onProgress })
  // Some are rejected before anybody listens.
  result.catch(() => undefined)
  return { result, progress }
}
