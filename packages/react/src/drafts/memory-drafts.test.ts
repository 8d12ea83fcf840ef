import { expect, it } from 'vitest'
import { describeDraftStore } from '../test-support/describe-draft-store.ts'
import { createMemoryDrafts } from './memory-drafts.ts'

describeDraftStore('The memory store', createMemoryDrafts)

it('never says that a copy is kept, because it goes with the page', async () => {
  const draft = { uploadId: 'one', name: 'one.png', pickedAt: Date.now(), bytes: new Blob(['x']) }
  expect(await createMemoryDrafts().save(draft)).toBe('unavailable')
})
