import { cleanup, render } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { look, takeQuarters } from '../test-support/quarter-photo.ts'
import { exampleControl, exampleItem, exampleStates } from './examples.ts'
import { ImageUpload } from './image-upload.ts'

const making = vi.spyOn(URL, 'createObjectURL')
const revoking = vi.spyOn(URL, 'revokeObjectURL')

afterEach(() => {
  cleanup()
  vi.clearAllMocks()
})

/** The pictures that an address was made of. */
const listMade = (): readonly unknown[] => making.mock.calls.map(([blob]) => blob)

/** The addresses that hold a picture in memory. */
function listHeld(): readonly unknown[] {
  const revoked = revoking.mock.calls.map(([url]) => url)
  return making.mock.results.map(({ value }) => value).filter((url) => !revoked.includes(url))
}

function makeList(preview: Blob, loadedBytes: number): ReactElement {
  const item = exampleItem({ ...exampleStates.uploading, loadedBytes }, { preview })
  return (
    <StrictMode>
      <ImageUpload.Root upload={exampleControl([item])}>
        <ImageUpload.Item item={item}>
          <ImageUpload.Thumbnail />
        </ImageUpload.Item>
      </ImageUpload.Root>
    </StrictMode>
  )
}

const findSource = (): string => document.querySelector('img')?.getAttribute('src') ?? ''

it('shows a small picture of a big one, upright', async () => {
  const photo = await takeQuarters(6000, 4000)
  render(makeList(photo, 1))
  await vi.waitFor(() => expect(findSource()).toMatch(/^blob:/u), 10_000)
  const shown = await (await fetch(findSource())).blob()
  expect(shown.size).toBeLessThan(20_000)
  expect(await look(shown)).toEqual({
    width: 128,
    height: 192,
    quarters: ['blue', 'red', 'black', 'green'],
  })
})

it('makes one picture, whatever happens to the upload, and gives it back in the end', async () => {
  const photo = await takeQuarters(6000, 4000)
  const { rerender, unmount } = render(makeList(photo, 1))
  await vi.waitFor(() => expect(findSource()).toMatch(/^blob:/u), 10_000)
  const source = findSource()
  for (let tick = 2; tick < 20; tick += 1) rerender(makeList(photo, tick * 1000))
  expect(findSource()).toBe(source)
  expect(listMade()).toHaveLength(1)
  unmount()
  expect(listHeld()).toEqual([])
})

it('shows a small file as it is', async () => {
  const photo = await takeQuarters(80, 60)
  render(makeList(photo, 1))
  await vi.waitFor(() => expect(findSource()).toMatch(/^blob:/u))
  // Twice, since StrictMode mounts twice.
  expect(listMade()).toEqual([photo, photo])
  expect(listHeld()).toHaveLength(1)
})

it('shows a big file that cannot be drawn as it is', async () => {
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><!--${' '.repeat(600_000)}--></svg>`
  const file = new Blob([drawing], { type: 'image/svg+xml' })
  render(makeList(file, 1))
  await vi.waitFor(() => expect(findSource()).toMatch(/^blob:/u))
  expect(listMade()).toEqual([file])
})
