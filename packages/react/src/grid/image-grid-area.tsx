'use client'

import type { ReactNode } from 'react'
import type { Image } from '@lightfast/core'
import { createPart } from '../create-part.ts'
import type { Part } from '../create-part.ts'
import { useGridItem } from './grid-context.ts'
import { ImageGridEmpty } from './image-grid-empty.tsx'
import { ImageGridFailure } from './image-grid-failure.tsx'
import { ImageGridItem } from './image-grid-item.tsx'
import { ImageGridList } from './image-grid-list.tsx'
import { ImageGridMore } from './image-grid-more.tsx'
import type { ImageGridMoreProps } from './image-grid-more.tsx'
import { ImageGridPicture } from './image-grid-picture.tsx'
import type { GridPictureProps } from './image-grid-picture.tsx'
import { ImageGridRoot } from './image-grid-root.tsx'
import type { ImageGridRootProps } from './image-grid-root.tsx'
import { ImageGridSkeletons } from './image-grid-skeletons.tsx'
import { ImageGridSummary } from './image-grid-summary.tsx'

/** What an item's buttons are to have: one item at a time is in the order of Tab. */
export interface ImageGridActionProps {
  readonly tabIndex: 0 | -1
}

export type ImageGridAreaProps = ImageGridRootProps &
  GridPictureProps & {
    /** What a picture shows, for those who do not see it. @default its filename */
    readonly altOf?: (image: Image) => string
    /** Buttons for one picture, below it: nothing of ours lies over a mark. Hand the props on to each. */
    readonly actions?: (image: Image, props: ImageGridActionProps) => ReactNode
    /** A word or two about one picture, beside its actions. */
    readonly label?: (image: Image) => ReactNode
    /** What can be done with those that are chosen. */
    readonly selectionActions?: ReactNode
    /** Whether the next page comes by itself. @default 'automatic' */
    readonly fetching?: NonNullable<ImageGridMoreProps['fetching']>
    /** In place of the words that there is nothing yet. */
    readonly empty?: ReactNode
  }

/** All parts in their usual order: what is chosen, the pictures, and then how it goes on. */
export const ImageGridArea: Part<HTMLDivElement, ImageGridAreaProps> = createPart(
  'ImageGrid.Area',
  function renderArea(allProps, ref) {
    const { altOf, actions, label, selectionActions, empty, children, ...others } = allProps
    const { fetching = 'automatic', srcSetOf, sizes, refresh, ...props } = others
    return (
      <ImageGridRoot {...props} ref={ref}>
        <ImageGridSummary>{selectionActions}</ImageGridSummary>
        <ImageGridFailure />
        <ImageGridSkeletons />
        <ImageGridList>
          {props.images.state.images.map((image) => (
            <ImageGridItem key={image.id} image={image} alt={altOf?.(image) ?? image.filename}>
              <ImageGridPicture srcSetOf={srcSetOf} sizes={sizes} refresh={refresh} />
              <Footer label={label} actions={actions} />
            </ImageGridItem>
          ))}
        </ImageGridList>
        <ImageGridEmpty>{empty}</ImageGridEmpty>
        <ImageGridMore fetching={fetching} />
        {children}
      </ImageGridRoot>
    )
  },
)

interface FooterProps {
  readonly label: ImageGridAreaProps['label'] | undefined
  readonly actions: ImageGridAreaProps['actions'] | undefined
}

function Footer({ label, actions }: FooterProps): ReactNode {
  const { image, tabIndex } = useGridItem('Area')
  const told = label?.(image)
  const offered = actions?.(image, { tabIndex })
  if (!told && !offered) return null
  return (
    <span data-slot="image-grid-footer">
      {told && <span data-slot="image-grid-label">{told}</span>}
      {offered && <span data-slot="image-grid-actions">{offered}</span>}
    </span>
  )
}
