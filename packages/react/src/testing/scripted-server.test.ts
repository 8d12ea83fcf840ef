import { describe, expect, it, vi } from 'vitest'
import { createUploader } from '../upload/uploader.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import { makePng } from '../test-support/make-uploader.ts'
import { failTransfer, slowDown, succeed } from './script.ts'
import { createScriptedServer } from './scripted-server.ts'
import type { ScriptedServer } from './scripted-server.ts'
import { scriptedWorlds } from '../test-support/scripted-worlds.ts'
import { sleepFast } from '../test-support/sleep-fast.ts'

/** A real uploader with a picture, and all that became of it. */
function upload(server: ScriptedServer): { items: UploadItem[]; retry: () => void } {
  const items: UploadItem[] = []
  const uploader = createUploader({
    endpoint: 'https://app.test/images',
    kind: 'photo',
    fetch: server.fetch,
    transport: server.transport,
    surroundings: { sleep: sleepFast },
  })
  uploader.subscribe(() => items.push(...uploader.getState()))
  uploader.start()
  uploader.add([makePng()])
  return { items, retry: () => uploader.retry(items[0]?.id ?? '') }
}

describe('a scripted server', () => {
  it.each(scriptedWorlds)('brings an upload to $status by $name', async (world) => {
    const { items } = upload(createScriptedServer(world.script))
    await vi.waitFor(() => expect(items.map(toStatus)).toContain(world.status), 5000)
    const last = items.map(({ state }) => state).findLast(({ status }) => status === world.status)
    if (world.reason !== undefined) expect(last).toMatchObject({ reason: world.reason })
  })

  it('tells progress up to where the bytes stop', async () => {
    const { items } = upload(createScriptedServer(failTransfer({ at: 0.6 })))
    await vi.waitFor(() => expect(items.map(toStatus)).toContain('draft-saved'), 5000)
    const loaded = items.map(({ state }) => ('loadedBytes' in state ? state.loadedBytes : 0))
    expect(Math.max(...loaded)).toBe(42)
  })

  it('lets everything go well from now on', async () => {
    const server = createScriptedServer(failTransfer())
    const { items, retry } = upload(server)
    await vi.waitFor(() => expect(items.map(toStatus)).toContain('draft-saved'), 5000)
    server.play(succeed())
    retry()
    await vi.waitFor(() => expect(items.map(toStatus)).toContain('done'), 5000)
  })

  it('remembers what it was asked', async () => {
    const server = createScriptedServer()
    const { items } = upload(server)
    await vi.waitFor(() => expect(items.map(toStatus)).toContain('done'), 5000)
    expect(server.requests).toEqual([
      'POST /images/uploads',
      'POST /img-1',
      'POST /images/uploads/img-1/complete',
    ])
  })

  it('refuses a line that nothing could ever get through', () => {
    expect(() => slowDown({ bytesPerSecond: 0 })).toThrow(RangeError)
  })
})

const toStatus = ({ state }: UploadItem): string => state.status
