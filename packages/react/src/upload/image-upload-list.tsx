'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useUpload } from './upload-context.ts'

export type ImageUploadListProps = PartProps<'ul'>

/** Lists the items. Absent while there are none. */
export const ImageUploadList: Part<HTMLUListElement, ImageUploadListProps> = createPart(
  'ImageUpload.List',
  function renderList(props, ref) {
    const { words, status } = useUpload('List')
    if (status === 'empty') return null
    return (
      <ul
        aria-label={words.list}
        {...props}
        ref={ref}
        data-slot="image-upload-list"
        data-status={status}
      />
    )
  },
)
