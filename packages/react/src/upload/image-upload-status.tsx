'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { StateIcon } from './state-icon.tsx'
import { useUploadItem } from './upload-context.ts'

export type ImageUploadStatusProps = PartProps<'div'>

/** Says how the item is: an icon, a title and one line. */
export const ImageUploadStatus: Part<HTMLDivElement, ImageUploadStatusProps> = createPart(
  'ImageUpload.Status',
  function renderStatus(props, ref) {
    const { item, description } = useUploadItem('Status')
    const { title, line } = description
    return (
      <div {...props} ref={ref} data-slot="image-upload-status" data-status={item.state.status}>
        <StateIcon state={item.state} />
        <span data-slot="image-upload-title">{title}</span>
        {line !== '' && <span data-slot="image-upload-line">{line}</span>}
      </div>
    )
  },
)
