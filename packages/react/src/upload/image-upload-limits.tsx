'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useUpload } from './upload-context.ts'

export type ImageUploadLimitsProps = PartProps<'p'>

/** Says what is accepted, before anything is chosen. The trigger is described by it. */
export const ImageUploadLimits: Part<HTMLParagraphElement, ImageUploadLimitsProps> = createPart(
  'ImageUpload.Limits',
  function renderLimits({ children, ...props }, ref) {
    const { upload, words, status, limitsId } = useUpload('Limits')
    return (
      <p {...props} ref={ref} id={limitsId} data-slot="image-upload-limits" data-status={status}>
        {children ?? words.zone.limits(upload.policy)}
      </p>
    )
  },
)
