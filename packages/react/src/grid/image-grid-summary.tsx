'use client'

import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useGrid } from './grid-context.ts'

export type ImageGridSummaryProps = PartProps<'div'>

/** Says how many are chosen, with the ways to choose all and none. What is done with them goes inside. It stands there before the first is, so that no picture moves away from under a finger. */
export const ImageGridSummary: Part<HTMLDivElement, ImageGridSummaryProps> = createPart(
  'ImageGrid.Summary',
  function renderSummary({ children, ...props }, ref) {
    const { status, images, words, mode, selection, select } = useGrid('Summary')
    const [count, total] = [selection.selected.length, images.state.images.length]
    if (mode === 'none' || total === 0) return null
    return (
      <div {...props} ref={ref} data-slot="image-grid-summary" data-status={status}>
        <span data-slot="image-grid-count">{words.grid.selected(count, total)}</span>
        {mode === 'multiple' && count < total && (
          <button
            type="button"
            onClick={() => select({ type: 'all-chosen' })}
            data-slot="image-grid-action"
          >
            {words.grid.selectAll}
          </button>
        )}
        {count > 0 && (
          <button
            type="button"
            onClick={() => select({ type: 'cleared' })}
            data-slot="image-grid-action"
          >
            {words.grid.clear}
          </button>
        )}
        {count > 0 && children}
      </div>
    )
  },
)
