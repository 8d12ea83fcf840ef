'use client'

import { useMemo } from 'react'
import type { UploadControl } from '../upload/upload-control.ts'
import { withoutDrafts } from './split-drafts.ts'

/** Yields what an area shows whose drafts lie in a tray beside it; the same until an upload changes. */
export function useWithoutDrafts(upload: UploadControl): UploadControl {
  return useMemo(() => withoutDrafts(upload), [upload])
}
