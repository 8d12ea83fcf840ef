import { cleanup, render } from '@testing-library/react'
import type { ReactElement } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { describePart } from '../test-support/describe-part.tsx'
import { en } from '../words/en.ts'
import { exampleClock, exampleControl, exampleItem, exampleStates } from './examples.ts'
import { ImageUpload } from './image-upload.ts'
import { UploadContext } from './upload-context.ts'
import type { UploadState } from './upload-state.ts'

// jsdom has no object URLs.
Object.assign(URL, { createObjectURL: () => 'blob:example', revokeObjectURL: () => undefined })

const alone = (part: ReactElement): ReactElement => part

const inRoot = (part: ReactElement): ReactElement => (
  <ImageUpload.Root
    upload={exampleControl([exampleItem(exampleStates.uploading)])}
    clock={exampleClock}
  >
    {part}
  </ImageUpload.Root>
)

/** A root that has just been given two files too many. */
function inFullRoot(part: ReactElement): ReactElement {
  const context = {
    upload,
    words: en,
    status: 'full',
    now: 0,
    limitsId: 'limits',
    add: () => undefined,
    leftOut: 2,
    onAct: () => undefined,
    onSignIn: undefined,
  } as const
  return <UploadContext.Provider value={context}>{part}</UploadContext.Provider>
}

const inList = (part: ReactElement): ReactElement =>
  inRoot(<ImageUpload.List>{part}</ImageUpload.List>)

const inItem =
  (state: UploadState) =>
  (part: ReactElement): ReactElement =>
    inList(<ImageUpload.Item item={exampleItem(state)}>{part}</ImageUpload.Item>)

const moving = inItem(exampleStates.uploading)
const failed = inItem(exampleStates['not-uploaded'])
const upload = exampleControl([exampleItem(exampleStates.uploading)])

describePart('ImageUpload.Area', ImageUpload.Area, { props: { upload }, within: alone })
describePart('ImageUpload.Root', ImageUpload.Root, { props: { upload }, within: alone })
describePart('ImageUpload.DropZone', ImageUpload.DropZone, { props: {}, within: inRoot })
describePart('ImageUpload.Trigger', ImageUpload.Trigger, { props: {}, within: inRoot })
describePart('ImageUpload.Limits', ImageUpload.Limits, { props: {}, within: inRoot })
describePart('ImageUpload.Notice', ImageUpload.Notice, { props: {}, within: inFullRoot })
describePart('ImageUpload.Queue', ImageUpload.Queue, {
  props: { items: [exampleItem(exampleStates.queued)] },
  within: inRoot,
})
describePart('ImageUpload.List', ImageUpload.List, {
  props: { children: <li>A row</li> },
  within: inRoot,
})
describePart('ImageUpload.Item', ImageUpload.Item, {
  props: { item: exampleItem(exampleStates.uploading) },
  within: inList,
})
describePart('ImageUpload.Thumbnail', ImageUpload.Thumbnail, { props: {}, within: moving })
describePart('ImageUpload.Name', ImageUpload.Name, { props: {}, within: moving })
describePart('ImageUpload.Status', ImageUpload.Status, { props: {}, within: moving })
describePart('ImageUpload.Progress', ImageUpload.Progress, { props: {}, within: moving })
describePart('ImageUpload.Actions', ImageUpload.Actions, { props: {}, within: moving })
describePart('ImageUpload.Failure', ImageUpload.Failure, { props: {}, within: failed })

afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

it.each([
  ['Trigger', <ImageUpload.Trigger key="part" />, 'Root'],
  ['Progress', <ImageUpload.Progress key="part" />, 'Item'],
  ['Failure', <ImageUpload.Failure key="part" />, 'Item'],
])('names the parent that %s misses', (part, element, parent) => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined)
  expect(() => render(element)).toThrow(`ImageUpload.${part} must be inside ImageUpload.${parent}`)
})
