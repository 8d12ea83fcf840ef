import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent } from 'storybook/test'
import { exampleBlob, exampleUrl } from '../upload/example-picture.ts'
import {
  exampleClock,
  exampleControl,
  exampleFailure,
  exampleItem,
  exampleStates,
} from '../upload/examples.ts'
import type { UploadState, UploadStatus } from '../upload/upload-state.ts'
import { AvatarUpload } from './avatar-upload.ts'
import { AvatarUploadArea } from './avatar-upload-area.tsx'
import type { AvatarUploadControl } from './use-avatar-upload.ts'

const resting: AvatarUploadControl = {
  upload: exampleControl([], { maxFiles: 1 }),
  item: null,
  value: 'img_ada',
  look: exampleUrl,
  canUndo: false,
  undo: fn(),
  remove: fn(),
  pick: fn(),
}

function during(state: UploadState): AvatarUploadControl {
  const item = exampleItem(state)
  const upload = exampleControl([item], { maxFiles: 1 })
  const look = state.status === 'rejected' || state.status === 'checking' ? null : exampleBlob
  return { ...resting, upload, item, look, value: null }
}

/** The avatar is the button. What goes wrong is told in one line, with its way out as buttons. */
const meta = {
  title: 'Avatar/Avatar upload',
  component: AvatarUploadArea,
  args: { avatar: resting, name: 'Ada Lovelace', clock: exampleClock },
} satisfies Meta<typeof AvatarUploadArea>

export default meta

type Story = StoryObj<typeof meta>

const showing = (state: UploadState): Story => ({ args: { avatar: during(state) } })

export const Empty: Story = {
  args: { avatar: { ...resting, value: null, look: null } },
  async play({ canvas }) {
    await expect(canvas.getByRole('button')).toHaveAccessibleName('Add photo of Ada Lovelace')
  },
}

export const Set: Story = {
  async play({ canvas, args }) {
    const trigger = canvas.getByRole('button', { name: 'Change photo of Ada Lovelace' })
    await userEvent.tab()
    await expect(trigger).toHaveFocus()
    await userEvent.click(canvas.getByRole('button', { name: 'Remove photo of Ada Lovelace' }))
    await expect(args.avatar.remove).toHaveBeenCalledOnce()
  },
}

export const Nameless: Story = {
  args: { name: '', avatar: { ...resting, value: null, look: null } },
}

export const Undoable: Story = { args: { avatar: { ...resting, canUndo: true } } }

const states = {
  queued: showing(exampleStates.queued),
  checking: showing(exampleStates.checking),
  preparing: showing(exampleStates.preparing),
  uploading: showing(exampleStates.uploading),
  relaying: showing(exampleStates.relaying),
  parked: showing(exampleStates.parked),
  processing: showing(exampleStates.processing),
  'still-checking': showing(exampleStates['still-checking']),
  restored: showing(exampleStates.restored),
  waiting: showing(exampleStates.waiting),
  'not-uploaded': showing(exampleStates['not-uploaded']),
  'draft-saved': showing(exampleStates['draft-saved']),
  rejected: showing(exampleStates.rejected),
  done: { args: { avatar: { ...during(exampleStates.done), value: 'img_beach', canUndo: true } } },
} satisfies { readonly [S in UploadStatus]: Story }

export const Queued: Story = states.queued
export const Checking: Story = states.checking
export const Preparing: Story = states.preparing
export const Uploading: Story = {
  ...states.uploading,
  async play({ canvas }) {
    await expect(canvas.getByRole('progressbar')).toHaveAttribute('aria-valuetext', '1.2 of 4.0 MB')
  },
}
export const Relaying: Story = states.relaying
export const Parked: Story = states.parked
export const Processing: Story = states.processing
export const StillChecking: Story = states['still-checking']
export const Restored: Story = states.restored
export const Waiting: Story = states.waiting
export const NotUploaded: Story = states['not-uploaded']
export const DraftSaved: Story = states['draft-saved']
export const Rejected: Story = states.rejected
export const Done: Story = states.done

export const SignedOut: Story = {
  args: { avatar: during(exampleFailure('unauthenticated')), onSignIn: fn() },
}

/** All of them on one sheet. */
export const Sheet: Story = {
  render: ({ name }) => (
    <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
      {[{ args: { avatar: resting } }, ...Object.values(states)].map(({ args }, at) => (
        <AvatarUpload.Area
          key={at}
          {...args}
          avatar={args?.avatar ?? resting}
          name={name}
          clock={exampleClock}
        />
      ))}
    </div>
  ),
}

export const RightToLeft: Story = {
  ...states.uploading,
  decorators: [(Story) => <div dir="rtl">{Story()}</div>],
}

/** Out of parts, beside a form's other fields. */
export const FromParts: Story = { render: () => <Beside /> }

function Beside(): ReactNode {
  const [removed, setRemoved] = useState(false)
  const avatar = { ...resting, look: removed ? null : exampleUrl, remove: () => setRemoved(true) }
  return (
    <AvatarUpload.Root avatar={avatar} name="Ada Lovelace">
      <AvatarUpload.Trigger />
      <AvatarUpload.Actions />
    </AvatarUpload.Root>
  )
}
