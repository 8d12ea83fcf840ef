import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import {
  exampleClock,
  exampleControl,
  exampleFailure,
  exampleItem,
  exampleItems,
  exampleNow,
  exampleStates,
} from './examples.ts'
import { ImageUploadArea } from './image-upload-area.tsx'
import type { UploadItem, UploadState } from './upload-state.ts'

const meta = {
  title: 'Upload/Area',
  component: ImageUploadArea,
  args: { clock: exampleClock, upload: exampleControl([]) },
} satisfies Meta<typeof ImageUploadArea>

export default meta

type Story = StoryObj<typeof meta>

/** The zone, its button and the limits, before anything is chosen. */
export const Anatomy: Story = {}

export const OnePhoto: Story = { args: { upload: exampleControl([], { maxFiles: 1 }) } }

export const AllStatuses: Story = { args: { upload: exampleControl(withOwnIds(exampleItems)) } }

export const Uploading: Story = {
  args: {
    upload: exampleControl([
      exampleItem(exampleStates.done, { name: 'pier.jpg' }),
      exampleItem(exampleStates.uploading),
      exampleItem(exampleStates.preparing, { name: 'harbour.png' }),
    ]),
  },
}

const inQueue = withOwnIds([
  exampleItem(exampleStates.uploading),
  exampleItem(exampleStates.preparing, { name: 'harbour.png' }),
  exampleItem(exampleStates.queued, { name: 'IMG_4411.jpg' }),
  exampleItem(exampleStates.queued, { name: 'IMG_4412.jpg' }),
])

export const InTheQueue: Story = {
  args: { upload: exampleControl(inQueue, { pause: fn() }) },
  async play({ args, canvas }) {
    await expect(canvas.getByText('2 photos waiting')).toBeVisible()
    await userEvent.click(canvas.getByRole('button', { name: 'Pause' }))
    await expect(args.upload.pause).toHaveBeenCalledOnce()
  },
}

export const Paused: Story = {
  args: { upload: exampleControl(inQueue, { paused: true, resume: fn() }) },
  async play({ args, canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Go on' }))
    await expect(args.upload.resume).toHaveBeenCalledOnce()
  },
}

/** The button stays where the keyboard is, and when it goes the first row has the keyboard. */
export const FocusInTheQueue: Story = {
  render: () => <Queueing />,
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Pause' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(canvas.getByRole('button', { name: 'Go on' })).toHaveFocus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByRole('listitem')).toHaveFocus())
  },
}

/** Paused before anything was chosen: the way back is there. */
export const PausedAndEmpty: Story = { args: { upload: exampleControl([], { paused: true }) } }

export const SeveralToTryAgain: Story = {
  args: {
    upload: exampleControl(
      withOwnIds([
        exampleItem(exampleStates['not-uploaded']),
        exampleItem(exampleStates['draft-saved'], { name: 'gulls.jpg' }),
      ]),
      { retryAll: fn() },
    ),
  },
  async play({ args, canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Try all again' }))
    await expect(args.upload.retryAll).toHaveBeenCalledOnce()
  },
}

export const Waiting: Story = {
  args: {
    upload: exampleControl(
      withOwnIds([
        exampleItem(exampleStates.waiting),
        exampleItem(
          { ...exampleStates.waiting, reason: 'rate', retryAt: exampleNow + 8000 },
          { name: 'gulls.jpg' },
        ),
        exampleItem(
          { ...exampleStates.waiting, reason: 'offline', retryAt: null },
          { name: 'harbour.png' },
        ),
      ]),
      { retry: fn() },
    ),
  },
  async play({ args, canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Try now, beach.jpg' }))
    await expect(args.upload.retry).toHaveBeenCalledWith('item-0')
    await expect(canvas.getAllByRole('button', { name: /^Try now/ })).toHaveLength(1)
  },
}

export const Outage: Story = {
  args: {
    upload: exampleControl(
      withOwnIds([
        exampleItem(exampleStates.relaying, { name: 'breakwater.jpg' }),
        exampleItem(exampleStates.parked, { name: 'low tide.png' }),
        exampleItem(exampleFailure('circuit_open')),
        exampleItem(exampleFailure('upload_host_failed'), { name: 'gulls.jpg' }),
        exampleItem(exampleFailure('upload_host_failed', 'no-room'), { name: 'harbour.png' }),
        exampleItem(exampleFailure('file_too_large'), { name: 'panorama.jpg' }),
      ]),
    ),
  },
}

export const KeyboardReachesTheTrigger: Story = {
  async play({ canvas }) {
    await userEvent.tab()
    await expect(canvas.getByRole('button', { name: 'Choose photos' })).toHaveFocus()
    await expect(document.activeElement).toHaveAccessibleDescription(
      'JPEG, PNG, WebP, GIF or SVG, up to 10.0 MB',
    )
  },
}

export const EnterTriesAgain: Story = {
  args: {
    upload: exampleControl([exampleItem(exampleStates['not-uploaded'])], { retry: fn() }),
  },
  async play({ args, canvas }) {
    canvas.getByRole('button', { name: 'Try again, beach.jpg' }).focus()
    await userEvent.keyboard('{Enter}')
    await expect(args.upload.retry).toHaveBeenCalledWith('example-not-uploaded')
  },
}

export const MoreThanFit: Story = {
  args: { upload: exampleControl([], { maxFiles: 2, add: () => 3 }) },
  async play({ canvas, canvasElement }) {
    const input = canvasElement.querySelector<HTMLInputElement>('[data-slot="image-upload-input"]')
    if (input === null) throw new Error('There is no file input.')
    await userEvent.upload(input, new File(['x'], 'beach.jpg', { type: 'image/jpeg' }))
    const words = 'There is room for 2 photos. 3 were left out.'
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent(words))
  },
}

/** A file that will not do is spoken of at once, a failure of ours in its turn. */
export const SpeaksOfFailures: Story = {
  render: () => <Failing from={exampleStates.preparing} to={exampleStates['not-uploaded']} />,
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Let it fail' }))
    await waitFor(() =>
      expect(canvas.getByRole('status')).toHaveTextContent(/^beach\.jpg: Not uploaded\./),
    )
    await expect(canvas.getByRole('alert')).toBeEmptyDOMElement()
  },
}

export const SpeaksOfRefusedFilesAtOnce: Story = {
  render: () => <Failing from={exampleStates.checking} to={exampleStates.rejected} />,
  async play({ canvas }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Let it fail' }))
    await waitFor(() =>
      expect(canvas.getByRole('alert')).toHaveTextContent(
        'beach.jpg: This photo is too large. It is 14.2 MB. The limit is 10.0 MB.',
      ),
    )
  },
}

/** The keyboard waits on the row while it works, and finds the way out when what it started has failed. */
export const FocusFollowsTheRetry: Story = {
  render: () => <Failing from={exampleStates['not-uploaded']} to={exampleStates['draft-saved']} />,
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Try again, beach.jpg' }).focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByRole('listitem')).toHaveFocus())
    canvas
      .getByRole('button', { name: 'Let it fail', hidden: true })
      .dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Try again, beach.jpg' })).toHaveFocus(),
    )
  },
}

export const FocusMovesToTheNextRow: Story = {
  render: () => <Removable />,
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Discard, gulls.jpg' }).focus()
    await userEvent.keyboard('{Enter}')
    await waitFor(() =>
      expect(canvas.getByRole('button', { name: 'Try again, pier.jpg' })).toHaveFocus(),
    )
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    await waitFor(() => expect(canvas.getByRole('button', { name: 'Choose photos' })).toHaveFocus())
  },
}

function Failing({
  from,
  to,
}: {
  readonly from: UploadState
  readonly to: UploadState
}): ReactNode {
  const [state, setState] = useState(from)
  const upload = exampleControl([exampleItem(state, { id: 'one' })], {
    retry: () => setState(exampleStates.preparing),
  })
  return (
    <>
      <ImageUploadArea upload={upload} clock={exampleClock} />
      <button type="button" style={{ marginBlockStart: 24 }} onClick={() => setState(to)}>
        Let it fail
      </button>
    </>
  )
}

/** One file that begins when the queue goes on. */
function Queueing(): ReactNode {
  const [paused, setPaused] = useState(false)
  const [state, setState] = useState<UploadState>(exampleStates.queued)
  const upload = exampleControl([exampleItem(state, { id: 'one' })], {
    paused,
    pause: () => setPaused(true),
    resume() {
      setPaused(false)
      setState(exampleStates.uploading)
    },
  })
  return <ImageUploadArea upload={upload} clock={exampleClock} />
}

function Removable(): ReactNode {
  const [items, setItems] = useState<readonly UploadItem[]>(() => [
    exampleItem(exampleStates['draft-saved'], { id: 'gulls', name: 'gulls.jpg' }),
    exampleItem(exampleStates['draft-saved'], { id: 'pier', name: 'pier.jpg' }),
  ])
  const upload = exampleControl(items, {
    remove: (id) => setItems((before) => before.filter((item) => item.id !== id)),
  })
  return <ImageUploadArea upload={upload} clock={exampleClock} />
}

function withOwnIds(items: readonly UploadItem[]): UploadItem[] {
  return items.map((item, index) => ({ ...item, id: `item-${index}` }))
}
