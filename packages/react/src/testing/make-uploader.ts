import type { Image, ImageState } from '@lightfast/core'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { createScriptedTransport } from './scripted-transport.ts'
import type { TransferStep } from './scripted-transport.ts'
import { createUploader } from '../upload/uploader.ts'
import type { Uploader } from '../upload/uploader.ts'
import type { UploaderOptions } from '../upload/uploader-options.ts'
import { createManualClock } from './manual-clock.ts'
import type { ManualClock } from './manual-clock.ts'
import { createScriptedRoutes } from './scripted-routes.ts'
import type { ScriptedReply, ScriptedRoutes, UploadRoute } from './scripted-routes.ts'

export interface UploaderScript extends Partial<UploaderOptions> {
  readonly replies?: Partial<Record<UploadRoute, readonly ScriptedReply[]>>
  readonly transfers?: readonly (readonly TransferStep[])[]
}

export interface ScriptedUploader {
  readonly uploader: Uploader
  readonly clock: ManualClock
  readonly routes: ScriptedRoutes
  /** The statuses of the list, in its order. */
  readonly statuses: () => readonly string[]
}

/** Makes a real uploader in a scripted world. Without a script everything goes well. */
export function makeUploader(script: UploaderScript = {}): ScriptedUploader {
  const clock = createManualClock()
  const { replies, transfers = [[{ type: 'arrive' }]], ...options } = script
  const routes = createScriptedRoutes({
    start: [{ image: makeImage('pending'), slot: 'fresh' }],
    complete: [{ image: makeImage('ready') }],
    ...replies,
  })
  let ids = 0
  const uploader = createUploader({
    endpoint: 'https://app.test/images',
    kind: 'photo',
    drafts: createMemoryDrafts({ now: clock.now }),
    transport: createScriptedTransport(transfers, { sleep: clock.sleep }),
    fetch: routes.fetch,
    surroundings: {
      now: clock.now,
      sleep: clock.sleep,
      random: () => 0.5,
      randomId: () => `00000000-0000-4000-8000-${String((ids += 1)).padStart(12, '0')}`,
    },
    ...options,
  })
  const statuses = (): readonly string[] => uploader.getState().map(({ state }) => state.status)
  return { uploader, clock, routes, statuses }
}

/** An image record as the routes answer it. */
export function makeImage(state: ImageState, details: Partial<Image> = {}): Image {
  return {
    id: 'img-1',
    uploadId: '00000000-0000-4000-8000-000000000001',
    state,
    kind: 'photo',
    filename: 'cat.png',
    contentType: 'image/png',
    sizeBytes: 70,
    width: 1,
    height: 1,
    createdAt: 1,
    failure: null,
    url: null,
    ...details,
  }
}

const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** One transparent pixel. Like many an Android file it claims no type. */
export function makePng(name = 'cat.png'): File {
  const bytes = Uint8Array.from(atob(PNG), (char) => char.charCodeAt(0))
  return new File([bytes], name)
}
