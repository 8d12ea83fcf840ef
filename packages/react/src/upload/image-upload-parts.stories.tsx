import type { ReactElement } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { exampleClock, exampleControl, exampleItem, exampleStates } from './examples.ts'
import { ImageUpload } from './image-upload.ts'
import type { UploadState } from './upload-state.ts'

/** Each part alone, where it is allowed to stand. */
export default { title: 'Upload/Parts' } satisfies Meta

export const Trigger: StoryObj = { render: () => inRoot(<ImageUpload.Trigger />) }

/** Shown on touch screens only. */
export const CameraTrigger: StoryObj = {
  render: () => inRoot(<ImageUpload.Trigger capture="environment" style={{ display: 'block' }} />),
}

export const DropZone: StoryObj = {
  render: () => inRoot(<ImageUpload.DropZone>Anything can stand in here.</ImageUpload.DropZone>),
}

export const Limits: StoryObj = { render: () => inRoot(<ImageUpload.Limits />) }

export const Queue: StoryObj = {
  render: () => inRoot(<ImageUpload.Queue items={[exampleItem(exampleStates.queued)]} />),
}

export const List: StoryObj = {
  render: () =>
    inRoot(
      <ImageUpload.List>
        <li style={{ padding: 12 }}>A row of your own</li>
      </ImageUpload.List>,
      exampleStates.done,
    ),
}

export const Thumbnail: StoryObj = { render: () => inItem(<ImageUpload.Thumbnail />) }

export const ThumbnailWithoutPicture: StoryObj = {
  render: () => inItem(<ImageUpload.Thumbnail />, exampleStates.checking),
}

export const Name: StoryObj = { render: () => inItem(<ImageUpload.Name />) }

export const Status: StoryObj = { render: () => inItem(<ImageUpload.Status />) }

export const Progress: StoryObj = { render: () => inItem(<ImageUpload.Progress />) }

export const ProgressWithoutMeasure: StoryObj = {
  render: () => inItem(<ImageUpload.Progress />, exampleStates.processing),
}

export const ProgressByDetour: StoryObj = {
  render: () => inItem(<ImageUpload.Progress />, exampleStates.relaying),
}

export const Failure: StoryObj = {
  render: () => inItem(<ImageUpload.Failure />, exampleStates['not-uploaded']),
}

export const Actions: StoryObj = {
  render: () => inItem(<ImageUpload.Actions />, exampleStates.restored),
}

function inRoot(part: ReactElement, state?: UploadState): ReactElement {
  const items = state === undefined ? [] : [exampleItem(state)]
  return (
    <ImageUpload.Root upload={exampleControl(items)} clock={exampleClock}>
      {part}
    </ImageUpload.Root>
  )
}

function inItem(part: ReactElement, state: UploadState = exampleStates.uploading): ReactElement {
  const item = exampleItem(state)
  return inRoot(
    <ImageUpload.List>
      <ImageUpload.Item item={item}>{part}</ImageUpload.Item>
    </ImageUpload.List>,
    state,
  )
}
