/** Somebody's device: what outlives a page that is closed or crashes. */
import type { FastClock } from './clock.ts'
import { createDice } from './dice.ts'
import type { Dice } from './dice.ts'
import { createMemoryDrafts } from './engine-of-browser.ts'
import type { DraftStore, UploadState } from './engine-of-browser.ts'
import { makeFile } from './make-file.ts'
import type { MadeFile } from './make-file.ts'
import { createNetwork } from './network.ts'
import type { Network } from './network.ts'
import type { UploadPlan } from './plan.ts'
import type { StoryLine } from './story.ts'

export interface Device {
  readonly clock: FastClock
  readonly dice: Dice
  readonly network: Network
  readonly drafts: DraftStore
  readonly file: MadeFile
  /** What really leaves the device in place of a file. */
  readonly toSent: (file: Blob) => Blob
  readonly makeUploadId: () => string
  readonly uploadIds: () => readonly string[]
  /** Whether our server has heard that the upload was cancelled; undefined if it was never told. */
  readonly cancelHeard: () => Promise<boolean | undefined>
  readonly watchReturn: (listener: () => void, signal: AbortSignal) => void
  /** Somebody looks at the page again. */
  readonly lookAgain: () => void
  readonly tell: (what: string) => void
  readonly lines: () => readonly StoryLine[]
  /** Shows how the upload is. */
  readonly show: (status: UploadState['status']) => void
  readonly lastSeen: () => UploadState['status'] | undefined
  readonly countRetry: () => void
  readonly retries: () => number
}

export interface DeviceOptions {
  readonly clock: FastClock
  readonly plan: UploadPlan
  readonly origins: readonly string[]
  readonly cookie: string
}

/** Makes a device with the file of the plan on it. */
export function createDevice({ clock, plan, origins, cookie }: DeviceOptions): Device {
  const dice = createDice(plan.seed, 'device', plan.index)
  const file = makeFile(plan)
  const { network, cancelHeard } = watchCancel(createNetwork({ clock, dice, origins, cookie }))
  const listeners = new Set<() => void>()
  const lines: StoryLine[] = []
  const uploadIds: string[] = []
  let retries = 0
  let lastSeen: UploadState['status'] | undefined
  return {
    clock,
    dice,
    network,
    file,
    cancelHeard,
    drafts: createDrafts(plan, clock),
    toSent: ({ type }) => new Blob([file.sent], { type }),
    makeUploadId() {
      uploadIds.push(dice.uuid())
      return uploadIds.at(-1) ?? ''
    },
    uploadIds: () => uploadIds,
    watchReturn(listener, signal) {
      listeners.add(listener)
      signal.addEventListener('abort', () => listeners.delete(listener), { once: true })
    },
    lookAgain() {
      for (const listener of listeners) listener()
    },
    tell: (what) => void lines.push({ at: clock.now(), what }),
    lines: () => lines,
    show: (status) => void (lastSeen = status),
    lastSeen: () => lastSeen,
    countRetry: () => void (retries += 1),
    retries: () => retries,
  }
}

/** Without locks, as on a page that came over plain http, two tabs can be at one draft. */
function createDrafts({ behaviour }: UploadPlan, { now }: FastClock): DraftStore {
  const drafts = createMemoryDrafts({ now })
  const save: DraftStore['save'] = async (draft) => {
    await drafts.save(draft)
    return 'kept'
  }
  if (behaviour.does !== 'two-tabs') return { ...drafts, save }
  return { ...drafts, save, hold: async () => () => Promise.resolve() }
}

function watchCancel(inner: Network) {
  let heard: Promise<boolean | undefined> = Promise.resolve(undefined)
  const network: Network = {
    ...inner,
    fetch(request) {
      const reply = inner.fetch(request)
      if (request.method === 'DELETE') {
        heard = reply.then(
          ({ ok }) => ok,
          () => false,
        )
      }
      return reply
    },
  }
  return { network, cancelHeard: () => heard }
}
