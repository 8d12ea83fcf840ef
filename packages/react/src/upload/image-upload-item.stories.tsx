import type { Meta, StoryObj } from '@storybook/react-vite'
import { exampleClock, exampleControl, exampleItem, exampleNow, exampleStates } from './examples.ts'
import { ImageUploadArea } from './image-upload-area.tsx'
import type { UploadState } from './upload-state.ts'

/** One row in each of its states. */
const meta = {
  title: 'Upload/Statuses',
  component: ImageUploadArea,
  args: { clock: exampleClock, upload: exampleControl([]) },
} satisfies Meta<typeof ImageUploadArea>

export default meta

type Story = StoryObj<typeof meta>

export const Queued: Story = inState(exampleStates.queued)
export const Checking: Story = inState(exampleStates.checking)
export const Preparing: Story = inState(exampleStates.preparing)
export const Uploading: Story = inState(exampleStates.uploading)
export const UploadingWithoutEstimate: Story = inState({
  ...exampleStates.uploading,
  loadedBytes: 34_000,
  totalBytes: 80_000,
  remainingMs: null,
})
export const Relaying: Story = inState(exampleStates.relaying)
/** Our server has them all and has not answered yet. */
export const RelayingWithoutMeasure: Story = inState({
  ...exampleStates.relaying,
  loadedBytes: 4_000_000,
})
export const Parked: Story = inState(exampleStates.parked)
export const Processing: Story = inState(exampleStates.processing)
export const StillChecking: Story = inState(exampleStates['still-checking'])
export const WaitingForTheCircuit: Story = inState(exampleStates.waiting)
export const WaitingForTheLimit: Story = inState({ ...exampleStates.waiting, reason: 'rate' })
export const WaitingAfterMany: Story = inState({ ...exampleStates.waiting, reason: 'limit' })
/** The last minute is counted down. */
export const WaitingForSeconds: Story = inState({
  ...exampleStates.waiting,
  retryAt: exampleNow + 8000,
})
export const WaitingForOthersToTry: Story = inState({
  ...exampleStates.waiting,
  retryAt: exampleNow,
})
export const WaitingForAConnection: Story = inState({
  ...exampleStates.waiting,
  reason: 'offline',
  retryAt: null,
})
export const Restored: Story = inState(exampleStates.restored)
export const NotUploaded: Story = inState(exampleStates['not-uploaded'])
export const NotUploadedWithoutTime: Story = inState({
  ...exampleStates['not-uploaded'],
  retryAt: null,
})
export const DraftSaved: Story = inState(exampleStates['draft-saved'])
export const DraftWithoutRoom: Story = inState({
  ...exampleStates['draft-saved'],
  reason: 'no-room',
})
export const DraftUnavailable: Story = inState({
  ...exampleStates['draft-saved'],
  reason: 'unavailable',
})
export const Rejected: Story = inState(exampleStates.rejected)
export const Done: Story = inState(exampleStates.done)

function inState(state: UploadState): Story {
  return { args: { upload: exampleControl([exampleItem(state)]) } }
}
