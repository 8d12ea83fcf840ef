import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import {
  exampleClock,
  exampleControl,
  exampleFailure,
  exampleItem,
  exampleStates,
} from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { UploadToasts } from './upload-toasts.tsx'

const meta = {
  title: 'Toast/Upload toasts',
  component: UploadToasts,
  args: { clock: exampleClock, upload: exampleControl([]) },
  parameters: { docs: { story: { inline: false, height: '240px' } } },
} satisfies Meta<typeof UploadToasts>

export default meta

type Story = StoryObj<typeof meta>

export const Anatomy: Story = {
  args: { upload: exampleControl([exampleItem(exampleStates['not-uploaded'])], { retry: fn() }) },
  async play({ args }) {
    const toast = await within(document.body).findByRole('button', { name: 'Try again, beach.jpg' })
    await userEvent.click(toast)
    await expect(args.upload.retry).toHaveBeenCalledWith('example-not-uploaded')
  },
}

export const NotUploaded: Story = {
  args: { upload: exampleControl([exampleItem(exampleStates['not-uploaded'])]) },
}

export const DraftSaved: Story = {
  args: { upload: exampleControl([exampleItem(exampleStates['draft-saved'])]) },
}

export const DraftWithoutRoom: Story = {
  args: {
    upload: exampleControl([exampleItem(exampleFailure('upload_host_failed', 'no-room'))]),
  },
}

export const Rejected: Story = {
  args: { upload: exampleControl([exampleItem(exampleStates.rejected)]) },
}

/** Brief: it leaves by itself. */
export const Done: Story = {
  render: () => <Finishing />,
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Finish' }))
    const title = await within(document.body).findByText('Uploaded')
    await waitFor(() => expect(title).toBeVisible())
  },
}

/** Inside an area, the toasts leave the speaking to it. */
export const BesideTheArea: Story = {
  args: {
    upload: exampleControl([
      exampleItem(exampleStates['not-uploaded']),
      exampleItem(exampleStates['draft-saved'], { name: 'gulls.jpg' }),
      exampleItem(exampleStates.rejected, { name: 'panorama.jpg' }),
    ]),
  },
  render: (args) => (
    <ImageUploadArea {...args}>
      <UploadToasts {...args} />
    </ImageUploadArea>
  ),
  async play({ canvas }) {
    await expect(canvas.getAllByRole('status')).toHaveLength(1)
  },
}

function Finishing(): ReactNode {
  const [status, setStatus] = useState<'processing' | 'done'>('processing')
  return (
    <>
      <button type="button" onClick={() => setStatus('done')}>
        Finish
      </button>
      <UploadToasts
        upload={exampleControl([exampleItem(exampleStates[status], { id: 'one' })])}
        clock={exampleClock}
      />
    </>
  )
}
