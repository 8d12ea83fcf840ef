import type { Meta, StoryObj } from '@storybook/react-vite'
import type { FailureCode } from '@lightfast/core'
import { fn } from 'storybook/test'
import { exampleClock, exampleControl, exampleFailure, exampleItem } from './examples.ts'
import { ImageUploadArea } from './image-upload-area.tsx'

/** One story for each row of the failure table. A test holds this file against the table. */
const meta = {
  title: 'Upload/Failures',
  component: ImageUploadArea,
  args: { clock: exampleClock, upload: exampleControl([]) },
} satisfies Meta<typeof ImageUploadArea>

export default meta

type Story = StoryObj<typeof meta>

export const FileEmpty: Story = failing('file_empty')
export const FileTooLarge: Story = failing('file_too_large')
export const FileTypeUnsupported: Story = failing('file_type_unsupported')
export const FileDamaged: Story = failing('file_damaged')
export const DimensionsTooLarge: Story = failing('dimensions_too_large')
export const PixelsTooMany: Story = failing('pixels_too_many')
export const AnimationTooLarge: Story = failing('animation_too_large')

export const Unauthenticated: Story = {
  args: { ...failing('unauthenticated').args, onSignIn: fn() },
}
export const Forbidden: Story = failing('forbidden')
export const OriginRefused: Story = failing('origin_refused')
export const NotFound: Story = failing('not_found')
export const InvalidRequest: Story = failing('invalid_request')
export const RequestTooLarge: Story = failing('request_too_large')
export const UploadConflict: Story = failing('upload_conflict')
export const UploadLimitReached: Story = failing('upload_limit_reached')
export const ImageInUse: Story = failing('image_in_use')

export const ServerUnreachable: Story = failing('server_unreachable')
export const ServerFailed: Story = failing('server_failed')
export const StoreUnavailable: Story = failing('store_unavailable')

export const HostUnreachable: Story = failing('host_unreachable')
export const HostUnavailable: Story = failing('host_unavailable')
export const HostTimedOut: Story = failing('host_timed_out')
export const HostReplyInvalid: Story = failing('host_reply_invalid')
export const HostRefused: Story = failing('host_refused')
export const CredentialsRefused: Story = failing('credentials_refused')
export const RateLimited: Story = failing('rate_limited')
export const CircuitOpen: Story = failing('circuit_open')
export const ClientBusy: Story = failing('client_busy')

export const TransferInterrupted: Story = failing('transfer_interrupted')
export const TransferTimedOut: Story = failing('transfer_timed_out')
export const UploadHostFailed: Story = failing('upload_host_failed')
export const SlotSpent: Story = failing('slot_spent')
export const SlotExpired: Story = failing('slot_expired')
export const StorageFull: Story = failing('storage_full')
export const BytesMissing: Story = failing('bytes_missing')

export const FileRefusedByHost: Story = failing('file_refused_by_host')

function failing(code: FailureCode): Story & { readonly args: NonNullable<Story['args']> } {
  return { args: { upload: exampleControl([exampleItem(exampleFailure(code), { id: code })]) } }
}
