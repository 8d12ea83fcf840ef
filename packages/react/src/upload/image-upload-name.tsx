'use client'

import type { ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useUploadItem } from './upload-context.ts'

export type ImageUploadNameProps = PartProps<'span'>

/** Names the file. In two spans, so that a long name can be cut in the middle and keep its ending. */
export const ImageUploadName: Part<HTMLSpanElement, ImageUploadNameProps> = createPart(
  'ImageUpload.Name',
  function renderName(props, ref) {
    const { item } = useUploadItem('Name')
    return (
      <span
        dir="auto"
        {...props}
        ref={ref}
        data-slot="image-upload-name"
        data-status={item.state.status}
      >
        <CuttableName name={item.name} />
      </span>
    )
  },
)

/** Two spans, of which only the first gives way. */
export function CuttableName({ name }: { readonly name: string }): ReactNode {
  const letters = Array.from(name)
  const tail = Math.min(TAIL_LETTERS, Math.floor(letters.length / 2))
  return (
    <>
      <span>{letters.slice(0, letters.length - tail).join('')}</span>
      <span>{letters.slice(letters.length - tail).join('')}</span>
    </>
  )
}

/** Enough for the ending and the last digits before it, which tell one camera's files apart. */
const TAIL_LETTERS = 8
