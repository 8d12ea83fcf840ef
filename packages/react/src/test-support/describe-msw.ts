import { describe, expect, it, vi } from 'vitest'
import { createScriptedServer } from '../testing/scripted-server.ts'
import { toMswHandlers } from '../testing/to-msw-handlers.ts'
import { createUploader } from '../upload/uploader.ts'
import { makePng } from './make-uploader.ts'
import { scriptedWorlds } from './scripted-worlds.ts'
import { sleepFast } from './sleep-fast.ts'

interface Msw {
  readonly endpoint: string
  readonly use: (...handlers: ReturnType<typeof toMswHandlers>) => void
}

/** What MSW promises wherever it runs: the real transport meets each script as it should. */
export function describeMsw(where: string, { endpoint, use }: Msw): void {
  describe(`MSW ${where}`, () => {
    it.each(scriptedWorlds)('brings the real transport to $status by $name', async (world) => {
      const server = createScriptedServer(world.script)
      use(...toMswHandlers(endpoint, server))
      const seen: string[] = []
      const uploader = createUploader({
        endpoint,
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
}
