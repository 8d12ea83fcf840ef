'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useUpload } from './upload-context.ts'

export type ImageUploadNoticeProps = PartProps<'p'>

/** Says how many of the files that were just added did not fit. Absent when all did. */
export const ImageUploadNotice: Part<HTMLParagraphElement, ImageUploadNoticeProps> = createPart(
  'ImageUpload.Notice',
  function renderNotice(props, ref) {
    const { upload, words, status, leftOut } = useUpload('Notice')
    if (leftOut === 0) return null
    return (
      <p {...props} ref={ref} data-slot="image-upload-notice" data-status={status}>
        {words.zone.leftOut(leftOut, upload.maxFiles)}
      </p>
    )
  },
)
