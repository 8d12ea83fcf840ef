'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { ImageUploadActions } from './image-upload-actions.tsx'
import { StateIcon } from './state-icon.tsx'
import { isFailed } from './status-kind.ts'
import { useUploadItem } from './upload-context.ts'

export type ImageUploadFailureProps = PartProps<'div'>

/** Says what happened and shows the ways out as buttons. Absent unless the item has failed. */
export const ImageUploadFailure: Part<HTMLDivElement, ImageUploadFailureProps> = createPart(
  'ImageUpload.Failure',
  function renderFailure({ children, ...props }, ref) {
    const { item, description } = useUploadItem('Failure')
    const { title, line } = description
    if (!isFailed(item.state.status)) return null
    return (
      <div {...props} ref={ref} data-slot="image-upload-failure" data-status={item.state.status}>
        <StateIcon state={item.state} />
        <p data-slot="image-upload-title">{title}</p>
        <p data-slot="image-upload-line">{line}</p>
        {children ?? <ImageUploadActions />}
      </div>
    )
  },
)
