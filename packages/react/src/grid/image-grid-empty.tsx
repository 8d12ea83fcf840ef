'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useGrid } from './grid-context.ts'

export type ImageGridEmptyProps = PartProps<'div'>

/** Says that there is nothing to see yet. Absent otherwise. Whatever is put inside takes the place of the words. */
export const ImageGridEmpty: Part<HTMLDivElement, ImageGridEmptyProps> = createPart(
  'ImageGrid.Empty',
  function renderEmpty({ children, ...props }, ref) {
    const { status, words } = useGrid('Empty')
    if (status !== 'empty') return null
    const { title, line } = words.grid.empty
    return (
      <div {...props} ref={ref} data-slot="image-grid-empty" data-status={status}>
        {children ?? (
          <>
            <p data-slot="image-grid-title">{title}</p>
            <p data-slot="image-grid-line">{line}</p>
          </>
        )}
      </div>
    )
  },
)
