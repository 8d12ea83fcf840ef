import type { ReactNode } from 'react'
import type { UploadState, UploadStatus } from './upload-state.ts'

/** Of an upload, or of a photo that was uploaded some time ago. */
type IconState = UploadState | { readonly status: 'done' | 'parked' }

/** Draws the sign of a state: its shape tells it apart, its colour only underlines it. */
export function StateIcon({ state }: { readonly state: IconState }): ReactNode {
  return (
    <svg
      viewBox="0 0 16 16"
      width="16"
      height="16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      data-slot="state-icon"
      data-status={state.status}
    >
      <path d={paths[shapeOf(state)]} />
    </svg>
  )
}

/** A copy that is not kept must not carry the sign of one that is. */
function shapeOf(state: IconState): UploadStatus {
  const unkept = state.status === 'draft-saved' && state.reason !== 'kept'
  return unkept ? 'not-uploaded' : state.status
}

const paths: { readonly [Status in UploadStatus]: string } = {
  // Lines, one below the other
  queued: 'M2.5 4h11M2.5 8h11M2.5 12h6',
  // A loupe
  checking: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4l3.1 3.1',
  // A picture in its frame
  preparing: 'M2.5 3.5h11v9h-11ZM2.5 11l3-3L8 10.5l2-2 3.5 3.25',
  // Up
  uploading: 'M8 13.5v-11M3.5 7 8 2.5 12.5 7',
  // Up, by a detour
  relaying: 'M2.5 13.5V11A2.5 2.5 0 0 1 5 8.5h3.5A2.5 2.5 0 0 0 11 6V2.5M8 5.5l3-3 3 3',
  // A parcel, ready to go
  parked: 'M8 2 13.5 5v6L8 14l-5.5-3V5ZM2.5 5 8 8l5.5-3M8 8v6M5.25 3.5l5.5 3',
  // An hourglass
  processing:
    'M4 2.5h8M4 13.5h8M4.75 2.5v2C4.75 6.5 8 7 8 8s-3.25 1.5-3.25 3.5v2M11.25 2.5v2C11.25 6.5 8 7 8 8s3.25 1.5 3.25 3.5v2',
  // A clock
  'still-checking': 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM8 4.75V8l2.25 1.5',
  // Two bars in a ring
  waiting: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM6.4 6v4M9.6 6v4',
  // A tray with something in it
  restored: 'M2.5 9.5v3a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1v-3h-3L9.5 11h-3l-1-1.5ZM5 6.5h6M6 3.5h4',
  // A triangle with a mark
  'not-uploaded': 'M8 2.5 14 13H2ZM8 6.5v2.75M8 11.2h.01',
  // Down, into a tray
  'draft-saved': 'M8 2v7M5 6.25 8 9.25l3-3M2.5 11v1.5a1 1 0 0 0 1 1h9a1 1 0 0 0 1-1V11',
  // A ring with a bar
  rejected: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM3.9 3.9l8.2 8.2',
  // A tick in a ring
  done: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2ZM5.5 8.25l1.75 1.75 3.25-3.75',
}
