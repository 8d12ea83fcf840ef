'use client'

import { chain } from '../chain.ts'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useGrid } from './grid-context.ts'
import { useGridKeys } from './use-grid-keys.ts'

export type ImageGridListProps = PartProps<'div'>

/**
 * Lists the pictures. Where nothing can be chosen it is a list. Else it is a `grid` of one row for each picture, and no `listbox`: an option
 * of a listbox may hold no buttons, and these pictures have some.
 */
export const ImageGridList: Part<HTMLDivElement, ImageGridListProps> = createPart(
  'ImageGrid.List',
  function renderList(props, ref) {
    const { words, status, images, mode, layout } = useGrid('List')
    const onKeyDown = useGridKeys()
    const isBusy = status === 'loading' || status === 'loading-more'
    if (images.state.images.length === 0 && status !== 'loading') return null
    return (
      // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it has a role, one of two
      <div
        role={mode === 'none' || images.state.images.length === 0 ? 'list' : 'grid'}
        aria-label={
          isBusy && images.state.images.length === 0 ? words.grid.loading : words.grid.name
        }
        aria-busy={isBusy || undefined}
        aria-multiselectable={mode === 'multiple' || undefined}
        {...props}
        ref={ref}
        onKeyDown={chain(props.onKeyDown, onKeyDown)}
        data-slot="image-grid-list"
        data-status={status}
        data-layout={layout}
      />
    )
  },
)
