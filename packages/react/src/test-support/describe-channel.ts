import { describe, expect, it, vi } from 'vitest'
import type { UploadSurroundings } from '../upload/surroundings.ts'

let names = 0

/** Runs the promises of `Channel` against one way to connect. */
export function describeChannel(name: string, connect: UploadSurroundings['connect']): void {
  describe(`${name} keeps the promises of a channel`, () => {
    it('is heard by every other end of its name, in order, and not by itself or by others', async () => {
      const line = makeName()
      const heard: Record<'own' | 'second' | 'third' | 'stranger', unknown[]> = {
        own: [],
        second: [],
        third: [],
        stranger: [],
      }
      const ends = [
        connect(line, (message) => heard.own.push(message)),
        connect(line, (message) => heard.second.push(message)),
        connect(line, (message) => heard.third.push(message)),
        connect(makeName(), (message) => heard.stranger.push(message)),
      ]
      ends[0]?.post({ a: 1 })
      ends[0]?.post({ a: 2 })
      await vi.waitFor(() => expect(heard.third).toEqual([{ a: 1 }, { a: 2 }]))
      expect(heard).toMatchObject({ second: [{ a: 1 }, { a: 2 }], own: [], stranger: [] })
      for (const end of ends) end.close()
    })

    it('hears and says nothing more once it is closed', async () => {
      const line = makeName()
      const heard: unknown[] = []
      const witnessed: unknown[] = []
      const closed = connect(line, (message) => heard.push(message))
      const ends = [
        connect(line, () => undefined),
        connect(line, (message) => witnessed.push(message)),
      ]
      closed.close()
      closed.post('too late')
      ends[0]?.post('said')
      await vi.waitFor(() => expect(witnessed).toEqual(['said']))
      expect(heard).toEqual([])
      for (const end of ends) end.close()
    })
  })
}

const makeName = (): string => `line-${(names += 1)}`
