/** What every `UploadStore` promises, as tests. Each test gets a fresh store. */
import { describe, expect, test } from 'vitest'
import type { Attempt, ImageRecord } from '../uploads/record.ts'
import type { UploadStore } from '../uploads/store.ts'

const record = (changes: Partial<ImageRecord> = {}): ImageRecord => ({
  id: crypto.randomUUID(),
  uploadId: crypto.randomUUID(),
  ownerId: 'ada',
  state: 'requested',
  version: 0,
  kind: 'photo',
  cloudflareId: null,
  filename: 'Ünï"code\'.jpg',
  contentType: 'image/jpeg',
  sizeBytes: 1,
  width: 4,
  height: null,
  failure: null,
  createdAt: 1_795_000_000_000,
  updatedAt: 1_795_000_000_000,
  ...changes,
})

const attempt = (imageId: string, createdAt: number): Attempt => ({
  id: crypto.randomUUID(),
  imageId,
  rung: 'direct',
  outcome: 'open',
  failureCode: null,
  slot: null,
  createdAt,
})

const failure = {
  code: 'circuit_open',
  stage: 'provision',
  message: 'Paused.',
  retryAfterMs: 5,
} as const

export function describeUploadStore(name: string, openStore: () => Promise<UploadStore>): void {
  describe(name, () => {
    test('gives back what was created', async () => {
      const store = await openStore()
      const made = record()
      expect(await store.create(made)).toEqual({ record: made, created: 'new' })
      expect(await store.find(made.id)).toEqual(made)
      expect(await store.find('nothing')).toBeUndefined()
    })

    test('makes one record for an owner and upload id, however many ask at once', async () => {
      const store = await openStore()
      const uploadId = crypto.randomUUID()
      const made = await Promise.all(
        Array.from({ length: 20 }, () => store.create(record({ uploadId }))),
      )
      expect(made.filter(({ created }) => created === 'new')).toHaveLength(1)
      expect(new Set(made.map((one) => one.record.id)).size).toBe(1)
    })

    test('keeps the same upload id of another owner apart', async () => {
      const store = await openStore()
      const { uploadId } = (await store.create(record())).record
      expect((await store.create(record({ uploadId, ownerId: 'eve' }))).created).toBe('new')
    })

    test('of many who move a record at once, one does', async () => {
      const store = await openStore()
      const { record: seen } = await store.create(record())
      const moves = Array.from({ length: 20 }, (_, at) =>
        store.move(seen, 'pending', { cloudflareId: `c${at}` }),
      )
      const moved = (await Promise.all(moves)).filter((one) => one !== undefined)
      expect(moved).toHaveLength(1)
      expect(await store.find(seen.id)).toEqual(moved[0])
      expect(moved[0]).toMatchObject({ state: 'pending', version: 1 })
    })

    test('refuses an illegal move and changes nothing', async () => {
      const store = await openStore()
      const { record: seen } = await store.create(record())
      await expect(store.move(seen, 'ready')).rejects.toThrow(TypeError)
      expect(await store.find(seen.id)).toEqual(seen)
    })

    test('keeps a failure, and forgets it', async () => {
      const store = await openStore()
      const { record: seen } = await store.create(record())
      const failed = await store.move(seen, 'requested', { failure })
      expect(failed?.failure).toEqual(failure)
      expect(
        (failed && (await store.move(failed, 'pending', { failure: null })))?.failure,
      ).toBeNull()
    })

    test('lists an owner’s records in pages, newest first, each once, though some are added meanwhile', async () => {
      const store = await openStore()
      for (const createdAt of [1, 2, 2, 2, 3]) await store.create(record({ createdAt }))
      await store.create(record({ ownerId: 'eve', createdAt: 2 }))
      const first = await store.list({ ownerId: 'ada', limit: 3 })
      await store.create(record({ createdAt: 9 }))
      const after = first.at(-1)
      const second = await store.list({ ownerId: 'ada', limit: 3, ...(after && { after }) })
      const all = [...first, ...second]
      expect(all.map(({ createdAt }) => createdAt)).toEqual([3, 2, 2, 2, 1])
      expect(new Set(all.map(({ id }) => id)).size).toBe(5)
    })

    test('lists one state only, if asked', async () => {
      const store = await openStore()
      const { record: seen } = await store.create(record())
      await store.create(record())
      await store.move(seen, 'pending')
      expect(await store.list({ ownerId: 'ada', limit: 9, state: 'pending' })).toMatchObject([
        { id: seen.id },
      ])
    })

    test('keeps the attempts of a record, newest first, with their slots and failures', async () => {
      const store = await openStore()
      const { record: seen } = await store.create(record())
      const [older, newer] = [attempt(seen.id, 1), attempt(seen.id, 2)]
      const slot = { cloudflareId: 'c', url: 'https://upload.example/1', expiresAt: 5 }
      await store.addAttempt(older)
      await store.addAttempt(newer)
      await store.failAttempt(older.id, 'host_unavailable')
      await store.fillAttempt(newer.id, slot)
      expect(await store.attempts(seen.id)).toEqual([
        { ...newer, slot },
        { ...older, outcome: 'failed', failureCode: 'host_unavailable' },
      ])
    })
  })
}
