import { act, cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, it } from 'vitest'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { describePart } from '../test-support/describe-part.tsx'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader } from '../test-support/make-uploader.ts'
import { useScriptedUpload } from '../test-support/use-scripted-upload.ts'
import {
  exampleClock,
  exampleControl,
  exampleItem,
  exampleItems,
  exampleStates,
} from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { DraftsTray } from './drafts-tray.tsx'
import { withoutDrafts } from './split-drafts.ts'
import { useWithoutDrafts } from './use-without-drafts.ts'

// jsdom has no object URLs.
Object.assign(URL, { createObjectURL: () => 'blob:example', revokeObjectURL: () => undefined })

afterEach(cleanup)

const drafts = ['beach.jpg', 'pier.jpg'].map((name) =>
  exampleItem(exampleStates.restored, { name, id: name }),
)

describePart('DraftsTray', DraftsTray, {
  props: { upload: exampleControl(drafts), clock: exampleClock },
  within: (part) => part,
})

it('leaves everything but the drafts to the area', () => {
  const { items } = withoutDrafts(exampleControl(exampleItems))
  expect(items).toEqual(exampleItems.filter(({ state }) => state.status !== 'restored'))
})

it('hands the drafts of an earlier visit over to the area, which uploads them', async () => {
  const scripted = await comeBackTo(['beach.png', 'pier.png'])
  render(<Page scripted={scripted} />)
  expect(screen.getByText('2 photos are waiting here')).toBeDefined()
  await act(async () => {
    screen.getByRole('button', { name: 'Upload all' }).click()
    await scripted.clock.settle()
  })
  expect(scripted.statuses()).toEqual(['done', 'done'])
  expect(screen.queryByText('2 photos are waiting here')).toBeNull()
  expect(screen.getByRole('list', { name: 'Photos' }).children).toHaveLength(2)
})

it('discards the drafts for good', async () => {
  const drafts = createMemoryDrafts()
  const scripted = await comeBackTo(['beach.png', 'pier.png'], drafts)
  render(<Page scripted={scripted} />)
  act(() => screen.getByRole('button', { name: 'Discard all' }).click())
  expect(scripted.statuses()).toEqual(['restored', 'restored'])
  await act(async () => {
    screen.getByRole('button', { name: 'Discard 2 photos' }).click()
    await scripted.clock.settle()
  })
  expect(scripted.statuses()).toEqual([])
  expect(await drafts.list()).toEqual([])
})

function Page({ scripted }: { readonly scripted: ScriptedUploader }): ReactNode {
  const upload = useScriptedUpload(scripted)
  return (
    <>
      <DraftsTray upload={upload} />
      <ImageUploadArea upload={useWithoutDrafts(upload)} />
    </>
  )
}

/** A second visit, after one that left these behind. */
async function comeBackTo(
  names: readonly string[],
  store = createMemoryDrafts(),
): Promise<ScriptedUploader> {
  for (const name of names)
    await store.save({ uploadId: name, name, pickedAt: Date.now(), bytes: makePng(name) })
  const scripted = makeUploader({ drafts: store })
  scripted.uploader.start()
  await scripted.clock.settle()
  return scripted
}
