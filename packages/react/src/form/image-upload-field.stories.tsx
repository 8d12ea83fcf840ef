import type { Decorator, Meta, StoryObj } from '@storybook/react-vite'
import { expect, userEvent, waitFor } from 'storybook/test'
import { exampleUrl } from '../upload/example-picture.ts'
import {
  exampleClock,
  exampleControl,
  exampleItem,
  exampleItems,
  exampleStates,
} from '../upload/examples.ts'
import { makeImage } from '../testing/make-image.ts'
import { enForm } from '../words/en-form.ts'
import { ImageUploadField } from './image-upload-field.tsx'

const images = [
  makeImage('ready', { id: 'pier', filename: 'pier.jpg', url: exampleUrl }),
  makeImage('ready', {
    id: 'gulls',
    filename: 'A walk along the shore, 0042.jpg',
    url: exampleUrl,
  }),
]

const inForm: Decorator = (Story) => (
  <form aria-label="Album" onSubmit={(event) => event.preventDefault()}>
    <Story />
    <p style={{ display: 'flex', gap: 8 }}>
      <button type="submit">Save</button>
      <button type="reset">Reset</button>
    </p>
  </form>
)

/** A field of a form. What is sent are the ids of the images. */
const meta = {
  title: 'Form/Field',
  component: ImageUploadField,
  decorators: [inForm],
  args: { clock: exampleClock, upload: exampleControl([]), name: 'photos', label: 'Photos' },
} satisfies Meta<typeof ImageUploadField>

export default meta

type Story = StoryObj<typeof meta>

export const Anatomy: Story = {}

export const WithPhotosFromBefore: Story = {
  args: { images, defaultValue: ['pier', 'gulls', 'unknown'] },
}

/** What our server keeps until Cloudflare is back holds no form back: one was sent before, one is in the list. */
export const KeptForLater: Story = {
  args: {
    images: [...images, makeImage('parked', { id: 'low-tide', filename: 'low tide.png' })],
    defaultValue: ['pier', 'low-tide'],
    upload: exampleControl([exampleItem(exampleStates.parked)]),
  },
  async play({ canvas, canvasElement }) {
    const ids = new FormData(canvas.getByRole('form')).getAll('photos')
    await expect(ids).toEqual(['pier', 'low-tide', 'img_beach'])
    await expect(canvasElement.querySelector('select')?.validationMessage).toBe('')
  },
}

/** The words of a held form, before anybody has pressed a button. */
export const HeldMissing: Story = { args: { required: true, error: enForm.missing(10) } }

export const HeldOnItsWay: Story = {
  args: {
    error: enForm.pending(1),
    upload: exampleControl([exampleItem(exampleStates.uploading)]),
  },
}

export const HeldNotUploaded: Story = {
  args: {
    error: enForm.unfinished(1),
    upload: exampleControl([exampleItem(exampleStates['not-uploaded'])]),
  },
}

export const Missing: Story = {
  args: { required: true },
  async play({ canvas, canvasElement }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    const trigger = canvas.getByRole('button', { name: 'Choose photos' })
    await waitFor(() => expect(trigger).toHaveFocus())
    await expect(trigger).toHaveAccessibleDescription(/Choose at least one photo\.$/)
    await expect(canvasElement.querySelector('select')).toBeInvalid()
  },
}

export const OnItsWay: Story = {
  args: {
    images,
    defaultValue: ['pier'],
    upload: exampleControl([exampleItem(exampleStates.uploading)]),
  },
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(canvas.getByText(/^1 photo is still on its way\./)).toBeVisible())
  },
}

export const NotUploaded: Story = {
  args: { upload: exampleControl([exampleItem(exampleStates['not-uploaded'])]) },
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(canvas.getByText(/^1 photo has not been uploaded\./)).toBeVisible())
  },
}

/** What the server has against the value. */
export const RefusedByTheApp: Story = {
  args: { error: 'An album needs three photos.', images, defaultValue: ['pier'] },
}

export const Disabled: Story = {
  args: { disabled: true, images, defaultValue: ['pier'], upload: exampleControl([]) },
}

export const Everything: Story = {
  args: {
    images,
    defaultValue: ['pier', 'gulls'],
    error: 'An album needs three photos.',
    upload: exampleControl(exampleItems.map((item, index) => ({ ...item, id: `item-${index}` }))),
  },
}

export const KeyboardTakesPhotosOut: Story = {
  args: { images, defaultValue: ['pier', 'gulls'] },
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Remove, pier.jpg' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('button', { name: /^Remove, A walk/ })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('button', { name: 'Choose photos' })).toHaveFocus()
  },
}
