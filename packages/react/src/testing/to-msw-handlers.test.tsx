import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { createUploader } from '../upload/uploader.ts'
import { makePng } from '../test-support/make-uploader.ts'
import { createScriptedServer } from './scripted-server.ts'
import { scriptedWorlds } from '../test-support/scripted-worlds.ts'
import { sleepFast } from '../test-support/sleep-fast.ts'
import { toMswHandlers } from './to-msw-handlers.ts'

const msw = setupServer()

beforeAll(() => msw.listen())
afterEach(() => msw.resetHandlers())
afterAll(() => msw.close())

describe('MSW in Node, by its handlers', () => {
  it.each(scriptedWorlds)('brings the real transport to $status by $name', async (world) => {
    const server = createScriptedServer(world.script)
    msw.use(...toMswHandlers('https://app.test/images', server))
    const seen: string[] = []
    const uploader = createUploader({
      endpoint: 'https://app.test/images',
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
