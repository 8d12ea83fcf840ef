import { failures } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import type { TransferResult, UploadTransport } from '../upload/upload-transport.ts'

/** What the other end is to do with the bytes. */
export type TransferScenario = 'accept' | 'refuse' | 'break' | 'hang'

export interface TransportSetup {
  readonly transport: UploadTransport
  readonly url: string
}

export type SetUpTransport = (scenario: TransferScenario) => Promise<TransportSetup>

const FILE = new Blob([new Uint8Array(300_000)], { type: 'image/png' })

/** Runs the promises of `UploadTransport` against one implementation. */
export function describeUploadTransport(name: string, setUp: SetUpTransport): void {
  describe(`${name} keeps the promises of an upload transport`, () => {
    describeOutcomes(setUp)
    describeAborting(setUp)
  })
}

function describeOutcomes(setUp: SetUpTransport): void {
  it('says that the bytes have arrived', async () => {
    const { result } = begin(await setUp('accept'))
    expect(await result).toEqual({ status: 'arrived' })
  })

  it('tells progress that rises and never goes beyond the size of the file', async () => {
    const { result, progress } = begin(await setUp('accept'))
    await result
    expect(progress.length).toBeGreaterThan(0)
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(FILE.size)
  })

  it.each(['refuse', 'break'] as const)('answers a failure when the host does: %s', async (how) => {
    const ended = await begin(await setUp(how)).result
    if (ended.status === 'arrived') throw new Error('It has arrived.')
    expect(failures).toHaveProperty(ended.failure.code)
    expect(ended.failure.message).not.toBe('')
  })
}

function describeAborting(setUp: SetUpTransport): void {
  it('rejects once with the reason of its signal when that aborts', async () => {
    const controller = new AbortController()
    const { result } = begin(await setUp('hang'), controller.signal)
    controller.abort(new Error('cancelled'))
    await expect(result).rejects.toThrow('cancelled')
  })

  it('rejects at once when its signal has aborted before', async () => {
    const signal = AbortSignal.abort(new Error('too late'))
    const { result, progress } = begin(await setUp('accept'), signal)
    await expect(result).rejects.toThrow('too late')
    expect(progress).toEqual([])
  })

  it('tells no progress after it was aborted', async () => {
    const controller = new AbortController()
    const { result, progress } = begin(await setUp('hang'), controller.signal)
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

function begin(
  { transport, url }: TransportSetup,
  signal = new AbortController().signal,
): Transfer {
  const progress: number[] = []
  const onProgress = (loadedBytes: number): number => progress.push(loadedBytes)
  return {
    result: transport.upload(FILE, { url, filename: 'cat.png', signal, onProgress }),
    progress,
  }
}
