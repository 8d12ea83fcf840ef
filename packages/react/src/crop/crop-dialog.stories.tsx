import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor, within } from 'storybook/test'
import { makeFourColours } from '../test-support/make-four-colours.ts'
import { CropDialog } from './crop-dialog.tsx'
import type { CropDialogProps } from './crop-dialog.tsx'

/** By pointer, pinch and wheel, by arrow keys, and by sliders: nothing needs a drag. */
const meta = {
  title: 'Avatar/Crop dialog',
  component: CropDialog,
  args: { file: new File([], 'none.png'), onCrop: fn(), onCancel: fn() },
  loaders: [async () => ({ file: await makeFourColours({ width: 640, height: 400 }) })],
  render: (args, { loaded }) => <Opened {...args} file={loaded['file'] ?? args.file} />,
} satisfies Meta<typeof CropDialog>

export default meta

type Story = StoryObj<typeof meta>

const ready = async (canvas: HTMLElement): Promise<HTMLElement> => {
  const dialog = await within(canvas).findByRole('dialog', { name: 'Crop the photo' })
  await waitFor(() => expect(dialog).toHaveAttribute('data-status', 'ready'))
  return dialog
}

export const Round: Story = {
  async play({ canvasElement }) {
    await ready(canvasElement)
  },
}

export const Rect: Story = {
  args: { shape: 'rect', aspect: 3 / 2 },
  async play({ canvasElement }) {
    await ready(canvasElement)
  },
}

export const RightToLeft: Story = {
  decorators: [(Story) => <div dir="rtl">{Story()}</div>],
  async play({ canvasElement }) {
    await ready(canvasElement)
  },
}

/** From the first slider to the finished file, without a pointer. */
export const ByKeyboard: Story = {
  async play({ canvasElement, args }) {
    const dialog = within(await ready(canvasElement))
    dialog.getByRole('application').focus()
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}')
    await userEvent.tab()
    await expect(dialog.getByRole('slider', { name: 'Zoom' })).toHaveFocus()
    await userEvent.tab()
    const across = dialog.getByRole('slider', { name: 'Left and right' })
    await expect(across).toHaveFocus()
    await expect(Number(across.getAttribute('value'))).toBeGreaterThan(0.5)
    dialog.getByRole('button', { name: 'Use photo' }).focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(args.onCrop).toHaveBeenCalledOnce())
  },
}

/** The dialog stands over its page, which it leaves as it was. */
function Opened(props: CropDialogProps): ReactNode {
  const [open, setOpen] = useState(true)
  const cancel = (): void => {
    setOpen(false)
    props.onCancel()
  }
  return (
    <div style={{ minBlockSize: '46rem' }}>
      <button type="button" onClick={() => setOpen(true)}>
        Crop again
      </button>
      {open && <CropDialog {...props} onCancel={cancel} />}
    </div>
  )
}
