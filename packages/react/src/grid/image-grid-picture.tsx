'use client'

import { memo } from 'react'
import type { ReactNode } from 'react'
import type { Image } from '@lightfast/core'
import { Picture } from '../picture/picture.tsx'
import type { FreshPicture } from '../picture/use-picture.ts'
import type { PictureWords } from '../words/picture-words.ts'
import { useGrid, useGridItem } from './grid-context.ts'
import { imageRatio } from './image-ratio.ts'

/** How the pictures of a gallery are loaded. Make these once, outside the component: each picture is drawn anew when they change. */
export interface GridPictureProps {
  /** The `srcset` of a picture: see `imageSrcset`. */
  readonly srcSetOf?: ((image: Image) => string | undefined) | undefined
  /** How wide a picture is, for browsers that choose from its `srcset`. @default as wide as it is laid out */
  readonly sizes?: string | undefined
  /** Gets a fresh address of a picture: see `refreshFrom`. */
  readonly refresh?: ((image: Image) => Promise<FreshPicture | null>) | undefined
}

/** The picture of an item, in a box that keeps its place, with a sign where it is chosen. */
export function ImageGridPicture({ srcSetOf, sizes, refresh }: GridPictureProps): ReactNode {
  const { words, layout, mode, onOpen } = useGrid('Picture')
  const { image, alt } = useGridItem('Picture')
  const ratio = layout === 'squares' ? 1 : imageRatio(image)
  const given = { image, alt, ratio, srcSetOf, sizes, refresh }
  const picture = <Still {...given} words={words.picture} />
  if (mode === 'none' && onOpen) {
    return (
      <button type="button" onClick={() => onOpen(image)} data-slot="image-grid-open">
        {picture}
      </button>
    )
  }
  return (
    <>
      {picture}
      {mode !== 'none' && <span aria-hidden data-slot="image-grid-check" />}
    </>
  )
}

interface StillProps extends GridPictureProps {
  readonly image: Image
  readonly alt: string
  readonly ratio: number
  readonly words: PictureWords
}

/** Not drawn again with each step of the keyboard through 500 of them. */
const Still = memo(function renderStill(props: StillProps): ReactNode {
  const { image, alt, ratio, words, srcSetOf, sizes, refresh } = props
  return (
    <Picture
      image={image}
      alt={alt}
      aspectRatio={ratio}
      words={words}
      {...(srcSetOf && { srcSet: srcSetOf(image) })}
      {...(sizes !== undefined && { sizes })}
      {...(refresh && { refresh: () => refresh(image) })}
    />
  )
})
