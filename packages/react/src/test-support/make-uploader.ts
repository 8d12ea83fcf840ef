import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { createScriptedTransport } from '../testing/scripted-transport.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'
import { createUploader } from '../upload/uploader.ts'
import type { TransferTarget } from '../upload/upload-transport.ts'
import type { Uploader } from '../upload/uploader.ts'
import type { UploaderOptions } from '../upload/uploader-options.ts'
import { createLines } from './memory-lines.ts'
import type { Lines } from './memory-lines.ts'
import { makeImage } from '../testing/make-image.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import type { ManualClock } from '../testing/manual-clock.ts'
import { createScriptedRoutes } from './scripted-routes.ts'
import type { ScriptedReply, ScriptedRoutes, UploadRoute } from './scripted-routes.ts'

export interface UploaderScript extends Partial<UploaderOptions> {
  readonly replies?: Partial<Record<UploadRoute, readonly ScriptedReply[]>>
  readonly transfers?: readonly (readonly TransferStep[])[]
  /** Shared by uploaders that live at the same time. */
  readonly clock?: ManualClock
  /** The lines between the tabs; without them the uploader is alone. */
  readonly connect?: Lines['connect']
}

export interface ScriptedUploader {
  readonly uploader: Uploader
  readonly clock: ManualClock
  readonly routes: ScriptedRoutes
  /** Where the bytes were to go, in order. */
  readonly targets: readonly TransferTarget[]
  /** Cuts the connection, or brings it back. */
  readonly setOnline: (online: boolean) => void
  /** Lets somebody come back to the page. */
  readonly comeBack: () => void
  /** The statuses of the list, in its order. */
  readonly statuses: () => readonly string[]
}

/** Makes a real uploader in a scripted world. Without a script everything goes well. */
export function makeUploader(script: UploaderScript = {}): ScriptedUploader {
  const { replies, transfers = [[{ type: 'arrive' }]], ...others } = script
  const { clock = createManualClock(), connect = createLines().connect, ...options } = others
  const routes = createScriptedRoutes({
    start: [{ image: makeImage('pending'), way: 'direct' }],
    complete: [{ image: makeImage('ready') }],
    ...replies,
  })
  const transport = createScriptedTransport(transfers, { sleep: clock.sleep })
  const returning = new EventTarget()
  let [ids, online] = [0, true]
  const uploader = createUploader({
    endpoint: 'https://app.test/images',
    kind: 'photo',
    drafts: createMemoryDrafts({ now: clock.now }),
    transport,
    fetch: routes.fetch,
    surroundings: {
      now: clock.now,
      sleep: clock.sleep,
      random: () => 0.5,
      isOnline: () => online,
      connect,
      watchReturn: (listener, signal) => returning.addEventListener('return', listener, { signal }),
      randomId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    },
    ...options,
  })
  const statuses = (): readonly string[] => uploader.getState().map(({ state }) => state.status)
  return {
    uploader,
    clock,
    routes,
    targets: transport.targets,
    setOnline(next) {
      online = next
      if (online) returning.dispatchEvent(new Event('return'))
    },
    comeBack: () => returning.dispatchEvent(new Event('return')),
    statuses,
  }
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** One transparent pixel. Like many an Android file it claims no type. */
export function makePng(name = 'cat.png'): File {
  const bytes = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0))
  return new File([bytes], name)
}
