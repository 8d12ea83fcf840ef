import { expect, it, vi } from 'vitest'
import { createDeviceRoom } from './device-room.ts'

it.each([
  ['has room up to the last byte', { quota: 1000, usage: 400 }, 600, true],
  ['has no room for one byte more', { quota: 1000, usage: 400 }, 601, false],
  ['is believed to have room where it does not tell', {}, 1e12, true],
] as const)('a device %s', async (_, estimate, bytes, expected) => {
  const room = createDeviceRoom({ estimate: async () => estimate })
  expect(await room.hasRoom(bytes)).toBe(expected)
})

it('a device that refuses to tell is believed to have room', async () => {
  const room = createDeviceRoom({ estimate: () => Promise.reject(new TypeError('No.')) })
  expect(await room.hasRoom(1)).toBe(true)
})

it('asks once that the storage stays', async () => {
  const persist = vi.fn<() => Promise<boolean>>(async () => true)
  const room = createDeviceRoom({ persist, persisted: async () => false })
  room.askToPersist()
  room.askToPersist()
  await vi.waitFor(() => expect(persist).toHaveBeenCalledOnce())
})

it('does not ask, for browsers ask the person, where it stays anyway', async () => {
  const persist = vi.fn<() => Promise<boolean>>(async () => true)
  const persisted = vi.fn<() => Promise<boolean>>(async () => true)
  createDeviceRoom({ persist, persisted }).askToPersist()
  await vi.waitFor(() => expect(persisted).toHaveBeenCalledOnce())
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(persist).not.toHaveBeenCalled()
})
