import type { UploadStatus } from './upload-state.ts'

/** `moving`: something is on its way. `waiting`: nothing moves, and nothing is wrong. */
export type StatusKind = 'moving' | 'waiting' | 'failed' | 'done'

/** Sorts the statuses by what a row has to show. */
export const statusKinds = {
  queued: 'waiting',
  checking: 'moving',
  preparing: 'moving',
  uploading: 'moving',
  relaying: 'moving',
  processing: 'moving',
  'still-checking': 'waiting',
  parked: 'waiting',
  waiting: 'waiting',
  restored: 'waiting',
  'not-uploaded': 'failed',
  'draft-saved': 'failed',
  rejected: 'failed',
  done: 'done',
} as const satisfies { readonly [Status in UploadStatus]: StatusKind }

export const isMoving = (status: UploadStatus): boolean => statusKinds[status] === 'moving'

export const isFailed = (status: UploadStatus): boolean => statusKinds[status] === 'failed'
