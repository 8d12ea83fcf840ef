'use client'

import type { MouseEvent } from 'react'
import type { Image } from '@lightfast/core'
import { chain } from '../chain.ts'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { GridItemContext, useGrid } from './grid-context.ts'
import { imageRatio } from './image-ratio.ts'

export type ImageGridItemProps = PartProps<
  'div',
  {
    readonly image: Image
    /** What the picture shows, for those who do not see it. @default its filename */
    readonly alt?: string
  }
>

/** One picture with what belongs to it. Where pictures can be chosen, a click on it does. */
export const ImageGridItem: Part<HTMLDivElement, ImageGridItemProps> = createPart(
  'ImageGrid.Item',
  function renderItem({ image, alt = image.filename, children, style, ...props }, ref) {
    const { images, mode, layout, selection, status, select, onOpen } = useGrid('Item')
    const { id } = image
    const isActive = (selection.active ?? images.state.images[0]?.id) === id
    const isSelected = selection.selected.includes(id)
    const tabIndex = mode === 'none' || isActive ? 0 : -1
    const box = { '--lf-ratio': layout === 'squares' ? 1 : imageRatio(image), ...style }
    const onClick = (event: MouseEvent<HTMLElement>): void => {
      if (isOwnClick(event)) select({ type: event.shiftKey ? 'extended' : 'toggled', id })
    }
    const selectable = {
      role: 'row',
      tabIndex,
      'aria-label': alt,
      'aria-selected': isSelected,
      'data-selected': isSelected ? '' : undefined,
      onClick: chain(props.onClick, onClick),
      onDoubleClick: chain(props.onDoubleClick, () => onOpen?.(image)),
      onFocus: chain(props.onFocus, () => select({ type: 'moved', id })),
    }
    return (
      <GridItemContext.Provider value={{ image, alt, tabIndex }}>
        <div
          {...props}
          {...(mode === 'none' ? { role: 'listitem' } : selectable)}
          ref={ref}
          style={box}
          data-slot="image-grid-item"
          data-status={status}
          data-image-id={id}
        >
          {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- a table has columns, and pictures in lines have none */}
          {mode === 'none' ? children : <div role="gridcell">{children}</div>}
        </div>
      </GridItemContext.Provider>
    )
  },
)

/** What is done by a button in the item is not also a choice. */
function isOwnClick({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  if (!(target instanceof Element)) return false
  const control = target.closest('a, button, input, select, textarea, label')
  return control === null || !currentTarget.contains(control)
}
