/** A page of the app that is open on somebody's device, with the real upload engine in it. */
import { defaultFilePolicy } from '@lightfast/core'
import { createTransport } from './create-transport.ts'
import type { Device } from './device.ts'
import { createUploader } from './engine-of-browser.ts'
import type { UploadItem, UploadState } from './engine-of-browser.ts'
import type { Outcome } from './story.ts'

export interface Page {
  /** Resolves when the file is done or rejected. Never, if the page is closed before. */
  readonly outcome: Promise<Outcome>
  /** What is in the list. */
  readonly items: () => readonly UploadItem[]
  readonly pick: (file: File) => void
  readonly cancel: (id: string) => void
  /** It is gone, with all that is under way; drafts stay on the device. */
  readonly close: () => void
}

/** What the server takes as well; and of pixels any number, so that it has something to refuse. */
const policy = {
  ...defaultFilePolicy,
  types: [...defaultFilePolicy.types, 'image/avif' as const],
  maxPixels: Infinity,
}

/** Opens a page, which brings back the drafts of the device. A person sits before it who tries again what has failed. */
export function openPage(device: Device, name: string): Page {
  const { clock, network, drafts, dice } = device
  const settled = Promise.withResolvers<Outcome>()
  const seen = new Map<string, UploadState>()
  const closing = new AbortController()
  const uploader = createUploader({
    // Which of the servers it is, the network says.
    endpoint: 'http://127.0.0.1/api/images',
    kind: 'photo',
    policy,
    doneMs: null,
    drafts,
    transport: createTransport(network, device.toSent),
    fetch: network.fetch,
    surroundings: {
      now: clock.now,
      sleep: clock.sleep,
      random: dice.random,
      randomId: device.makeUploadId,
      watchReturn: device.watchReturn,
      // By the real one, all devices of this process would hear each other, at a time of its own.
      connect: () => ({ post: () => undefined, close: () => undefined }),
    },
  })
  uploader.subscribe(() => uploader.getState().forEach(look))
  uploader.start()
  return {
    outcome: settled.promise,
    items: uploader.getState,
    pick: (file) => void uploader.add([file]),
    cancel: uploader.remove,
    close() {
      closing.abort(new Error('The page is closed.'))
      uploader.stop()
    },
  }

  function look({ id, state }: UploadItem): void {
    if (seen.get(id) === state || closing.signal.aborted) return
    if (seen.get(id)?.status !== state.status) device.tell(`${name}: ${describe(state)}`)
    seen.set(id, state)
    device.show(state.status)
    if (state.status === 'done') settled.resolve({ ended: 'done' })
    if (state.status === 'rejected') {
      settled.resolve({ ended: 'rejected', code: state.failure.code })
    }
    const waitMs = toWaitMs(state)
    if (waitMs !== undefined) void retryAfter(id, waitMs)
  }

  /** Undefined where there is nothing for a person to do. */
  function toWaitMs(state: UploadState): number | undefined {
    if (state.status === 'restored') return dice.between(300, 3000)
    if (state.status !== 'not-uploaded' && state.status !== 'draft-saved') return undefined
    const askedMs = state.retryAt === null ? 0 : state.retryAt - clock.now()
    return Math.max(askedMs, 0) + dice.between(1000, 15_000)
  }

  async function retryAfter(id: string, ms: number): Promise<void> {
    await clock.sleep(ms, closing.signal).catch(() => undefined)
    if (closing.signal.aborted) return
    device.countRetry()
    uploader.retry(id)
  }
}

function describe(state: UploadState): string {
  if (!('failure' in state)) return state.status
  const { failure } = state
  return `${state.status} (${failure.code} at ${failure.stage}: ${failure.message})`
}
