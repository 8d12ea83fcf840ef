'use client'

import { useMemo } from 'react'
import type { RefObject } from 'react'
import type { UploadControl } from '../upload/upload-control.ts'
import { countRoom } from './field-value.ts'

export interface UploadLimits {
  readonly ids: readonly string[]
  readonly control: RefObject<HTMLSelectElement | null>
}

/** Counts the kept photos too, and takes nothing while the field is disabled: a drop knows of no disabled fieldset. */
export function useLimitedUpload(
  upload: UploadControl,
  { ids, control }: UploadLimits,
): UploadControl {
  return useMemo(
    () => ({
      ...upload,
      add(files) {
        if (control.current?.matches(':disabled')) return 0
        const picked = [...files]
        const taken = picked.slice(0, countRoom(ids, upload))
        return picked.length - taken.length + upload.add(taken)
      },
    }),
    [upload, ids, control],
  )
}
