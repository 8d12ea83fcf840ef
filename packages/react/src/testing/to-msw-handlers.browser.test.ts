import { setupWorker } from 'msw/browser'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createUploader } from '../upload/uploader.ts'
import { makePng } from '../test-support/make-uploader.ts'
import { createScriptedServer } from './scripted-server.ts'
import { scriptedWorlds } from '../test-support/scripted-worlds.ts'
import { sleepFast } from '../test-support/sleep-fast.ts'
import { toMswHandlers } from './to-msw-handlers.ts'

const msw = setupWorker()

beforeAll(() => msw.start({ quiet: true }))
afterEach(() => msw.resetHandlers())
// It ends with the page; nobody waits for its last word.
afterAll(() => void msw.stop())

describe('MSW in Chromium, by its service worker and the same handlers', () => {
  it.each(scriptedWorlds)('brings the real transport to $status by $name', async (world) => {
    const server = createScriptedServer(world.script)
    msw.use(...toMswHandlers('/api/images', server))
    const seen: string[] = []
    const uploader = createUploader({
      endpoint: '/api/images',
      kind: 'photo',
      surroundings: { sleep: sleepFast },
    })
    uploader.subscribe(() => seen.push(...uploader.getState().map(({ state }) => state.status)))
    uploader.start()
    uploader.add([makePng()])
    await vi.waitFor(() => expect(seen).toContain(world.status), 5000)
    if (world.name === 'succeed()') expect(server.requests).toContain('POST /img-1')
    uploader.stop()
  })
})
