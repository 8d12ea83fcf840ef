'use client'

import type { ComponentPropsWithoutRef, ReactNode } from 'react'
import type { Image } from '@lightfast/core'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import type { PictureSurroundings } from '../picture-source/picture-surroundings.ts'
import type { RefreshReason } from '../picture-source/refresh-source.ts'
import { enPicture } from '../words/en-picture.ts'
import type { PictureWords } from '../words/picture-words.ts'
import { useLanguage } from '../words/words-context.tsx'
import { MissingPicture } from './missing-picture.tsx'
import { useLikeness } from './use-likeness.ts'
import { usePicture } from './use-picture.ts'
import type { FreshPicture, PictureStatus } from './use-picture.ts'

/** What a picture reads of an image as our routes answer it. */
export type PictureImage = Pick<Image, 'id' | 'state' | 'url' | 'width' | 'height' | 'thumbhash'>

type ImgProps = Pick<
  ComponentPropsWithoutRef<'img'>,
  'crossOrigin' | 'decoding' | 'fetchPriority' | 'loading' | 'sizes' | 'srcSet'
>

export type PictureProps = PartProps<
  'span',
  ImgProps & {
    /** What the picture shows, for those who do not see it. Empty where it is decoration. */
    readonly alt: string
    /** An image of ours. Its address, size and likeness are taken from it unless they are given too. */
    readonly image?: PictureImage
    /** Where the picture is; null where there is none. */
    readonly src?: string | null
    /** Other addresses, tried in order when the first fails. */
    readonly alternates?: readonly string[]
    /** A thumbhash in base64. */
    readonly thumbhash?: string | null
    /** In CSS pixels. Both together keep the box at its size; where there is less room, at its ratio. */
    readonly width?: number
    readonly height?: number
    /** Width through height. With it, the box is as wide as there is room. @default the picture's own, as far as it is known */
    readonly aspectRatio?: number
    /** When the address ends, in milliseconds since the epoch. @default what a signed URL says itself */
    readonly expiresAt?: number
    /** Gets a fresh address: before the old one ends, on return to the tab, and once when it fails. See `refreshFrom`. */
    readonly refresh?: (reason: RefreshReason) => Promise<FreshPicture | null>
    readonly onLoadingStatusChange?: (status: PictureStatus) => void
    /** In place of the drawing where nothing can be shown. */
    readonly missing?: ReactNode
    /** What is written there, `words.picture` of a language: the provider's unless given, else English. */
    readonly words?: PictureWords
    /** Stories and tests hand in a clock that they move. */
    readonly surroundings?: Partial<PictureSurroundings>
  }
>

/** A picture in a box that never changes its size: it develops from its likeness, and degrades to it when the host is down. */
export const Picture: Part<HTMLSpanElement, PictureProps> = createPart(
  'Picture',
  function renderPicture(allProps, ref) {
    const { image, alt, src = image?.url ?? null, thumbhash = image?.thumbhash, ...more } = allProps
    const { status, develops, imageProps } = usePicture({ ...allProps, src })
    const { alternates: _, expiresAt: _1, refresh: _2, surroundings: _3, ...others } = more
    const shared = useLanguage()
    const {
      onLoadingStatusChange: _4,
      missing,
      words = shared?.picture ?? enPicture,
      style,
      ...remaining
    } = others
    const { width, height, aspectRatio, srcSet, sizes, crossOrigin, ...left } = remaining
    const { decoding = 'async', fetchPriority, loading = 'lazy', ...props } = left
    const isMissing = imageProps.src === undefined

    const [wide, high] = [width ?? image?.width, height ?? image?.height]
    const ratio = aspectRatio ?? (wide && high ? wide / high : undefined)
    const likeness = useLikeness(thumbhash, develops || isMissing)
    const box = { aspectRatio: ratio, inlineSize: width, ...likeness, ...style }
    const given = { crossOrigin, fetchPriority, loading, decoding }
    return (
      <span
        {...props}
        ref={ref}
        style={box}
        data-slot="picture-root"
        data-status={status}
        data-develops={develops ? '' : undefined}
        data-likeness={likeness && ''}
      >
        {!isMissing && (
          // The address comes last: a browser may fetch as soon as it is there, eagerly and at any width.
          <img
            alt={alt}
            width={wide ?? undefined}
            height={high ?? undefined}
            {...given}
            sizes={sizes ?? (srcSet && loading === 'lazy' ? 'auto, 100vw' : undefined)}
            data-slot="picture-image"
            {...imageProps}
          />
        )}
        {isMissing && <MissingPicture {...{ alt, missing }} word={words[toReason(image)]} />}
      </span>
    )
  },
)

/** One that was uploaded a moment ago has no address yet. */
const toReason = (image: PictureImage | undefined): keyof PictureWords =>
  image && image.url === null && image.state !== 'ready' ? 'unfinished' : 'missing'
