import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { exampleClock, exampleControl, exampleItem, exampleStates } from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import type { UploadItem } from '../upload/upload-state.ts'
import { DraftsTray } from './drafts-tray.tsx'
import { useWithoutDrafts } from './use-without-drafts.ts'

const drafts = ['beach.jpg', 'A walk along the northern shore in the last light, 0042.jpg'].map(
  (name, index) => exampleItem(exampleStates.restored, { name, id: `draft-${index}` }),
)
const uploading = exampleItem(exampleStates.uploading, { name: 'pier.jpg' })

/** What was left over from earlier visits, apart from what is going on now. */
const meta = {
  title: 'Upload/Drafts tray',
  component: DraftsTray,
  args: { clock: exampleClock, upload: exampleControl(drafts) },
} satisfies Meta<typeof DraftsTray>

export default meta

type Story = StoryObj<typeof meta>

export const Anatomy: Story = {}

export const OneDraft: Story = { args: { upload: exampleControl(drafts.slice(0, 1)) } }

/** There is nothing to be seen when there is nothing. */
export const Empty: Story = {
  args: { upload: exampleControl([uploading]) },
  async play({ canvas }) {
    await expect(canvas.queryByRole('list')).toBeNull()
    await expect(canvas.getByRole('status')).toBeEmptyDOMElement()
  },
}

export const SaysWhatIsWaiting: Story = {
  async play({ canvas }) {
    await waitFor(() =>
      expect(canvas.getByRole('status')).toHaveTextContent('2 photos are waiting here.'),
    )
  },
}

export const UploadsAll: Story = {
  args: { upload: exampleControl(drafts, { retry: fn() }) },
  async play({ args, canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Upload all' }))
    await expect(args.upload.retry).toHaveBeenCalledTimes(2)
  },
}

/** What is discarded is gone, so the keyboard waits on the answer that changes nothing. */
export const AsksBeforeItDiscards: Story = {
  args: { upload: exampleControl(drafts, { remove: fn() }) },
  async play({ args, canvas }) {
    canvas.getByRole('button', { name: 'Discard all' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('button', { name: 'Keep waiting' })).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Discard all' })).toHaveFocus())
    await expect(args.upload.remove).not.toHaveBeenCalled()
    await userEvent.keyboard('{Enter}')
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'Discard 2 photos' })).toHaveFocus()
  },
}

export const BesideTheArea: Story = {
  render: () => <WithArea />,
  async play({ canvas }) {
    await expect(canvas.getByRole('list', { name: 'Photos' }).children).toHaveLength(1)
    canvas.getByRole('button', { name: 'Discard all' }).focus()
    await userEvent.keyboard('{Enter}')
    await userEvent.click(canvas.getByRole('button', { name: 'Discard 2 photos' }))
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Choose photos' })).toHaveFocus())
    const said = canvas.getAllByRole('status').map(({ textContent }) => textContent)
    await expect(said).toContain('2 photos discarded.')
  },
}

/** The keyboard goes on to the next draft. */
export const DiscardsOne: Story = {
  render: () => <WithArea />,
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Discard, beach.jpg' }).focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: /^Upload, A walk/ })).toHaveFocus(),
    )
    const said = canvas.getAllByRole('status').map(({ textContent }) => textContent)
    await expect(said).toContain('beach.jpg removed.')
  },
}

function WithArea(): ReactNode {
  const [items, setItems] = useState<readonly UploadItem[]>([...drafts, uploading])
  const upload = exampleControl(items, {
    remove: (id) => setItems((before) => before.filter((item) => item.id !== id)),
  })
  return (
    <div style={{ display: 'grid', gap: 12 }}>
      <DraftsTray upload={upload} clock={exampleClock} />
      <ImageUploadArea upload={useWithoutDrafts(upload)} clock={exampleClock} />
    </div>
  )
}
