'use client'

import { useMemo, useRef } from 'react'
import { chain } from '../chain.ts'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useUpload } from './upload-context.ts'
import { useFileDrop } from './use-file-drop.ts'

export type ImageUploadDropZoneProps = PartProps<'div'>

/** Takes dropped and pasted files. No control itself: the trigger inside it is what the keyboard reaches. */
export const ImageUploadDropZone: Part<HTMLDivElement, ImageUploadDropZoneProps> = createPart(
  'ImageUpload.DropZone',
  function renderDropZone(props, ref) {
    const { add, status } = useUpload('DropZone')
    const zone = useRef<HTMLDivElement>(null)
    const setZone = useMemo(() => mergeRefs(zone, ref), [ref])
    const { dragging, ...drop } = useFileDrop(zone, add)
    return (
      <div
        {...props}
        ref={setZone}
        onDragOver={chain(props.onDragOver, drop.onDragOver)}
        onDragLeave={chain(props.onDragLeave, drop.onDragLeave)}
        onDrop={chain(props.onDrop, drop.onDrop)}
        data-slot="image-upload-drop-zone"
        data-status={status}
        data-dragging={dragging ? '' : undefined}
      />
    )
  },
)
