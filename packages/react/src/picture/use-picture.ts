'use client'

import { useCallback, useEffect, useState } from 'react'
import type { ComponentPropsWithRef } from 'react'
import type { PictureSurroundings } from '../picture-source/picture-surroundings.ts'
import type { FreshSource, RefreshReason } from '../picture-source/refresh-source.ts'
import { usePictureSource } from '../picture-source/use-picture-source.ts'
import { readExpiry } from './read-expiry.ts'

/** A fresh address of a picture, and those of its other widths. */
export interface FreshPicture extends FreshSource {
  readonly srcSet?: string | undefined
}

export type PictureStatus = 'idle' | 'loading' | 'loaded' | 'failed'

export interface UsePictureOptions {
  readonly src: string | null
  readonly srcSet?: string | undefined
  readonly alternates?: readonly string[] | undefined
  readonly expiresAt?: number | undefined
  readonly refresh?: ((reason: RefreshReason) => Promise<FreshPicture | null>) | undefined
  readonly onLoadingStatusChange?: ((status: PictureStatus) => void) | undefined
  readonly surroundings?: Partial<PictureSurroundings> | undefined
}

export interface FollowedPicture {
  readonly status: PictureStatus
  /** Whether it is yet to come into sight. What is there from the start, or was seen before, does not come. */
  readonly develops: boolean
  readonly imageProps: ComponentPropsWithRef<'img'>
}

interface Trail {
  readonly src: string | null
  /** What of this address, or in its stead, has been seen. */
  readonly seen: string | null
  /** What was seen last before it: one address, or none. */
  readonly lastGood: readonly string[]
}

/** Follows a picture: which address stands in the page, and how it does. */
export function usePicture(options: UsePictureOptions): FollowedPicture {
  const { src, srcSet, alternates = [], refresh, onLoadingStatusChange, surroundings } = options
  const [trail, setTrail] = useState<Trail>({ src, seen: null, lastGood: [] })
  const [fresh, setFresh] = useState<FreshPicture | null>(null)
  const [isNew, setNew] = useState(false)
  if (trail.src !== src)
    setTrail({ src, seen: null, lastGood: trail.seen === null ? trail.lastGood : [trail.seen] })

  const others = [...trail.lastGood, ...alternates].filter((one) => one !== src)
  const { status, ...shown } = usePictureSource({
    sources: src === null ? [] : [src, ...others],
    expiresAt: options.expiresAt ?? readExpiry(src ?? '') ?? null,
    refreshSrc: refresh && (async (reason) => remember(await refresh(reason))),
    surroundings,
  })
  const { ref: watch, ...listeners } = shown.imageProps
  const ref = useCallback(
    (image: HTMLImageElement | null) => {
      // Before the first frame: what is there already must not be seen to come.
      if (image) setNew(!image.complete && image.naturalWidth === 0)
      watch(image)
    },
    [watch],
  )
  const isSeen = status === 'loaded' && trail.src === src
  if (isSeen && trail.seen !== shown.src) setTrail({ ...trail, seen: shown.src })

  useEffect(() => onLoadingStatusChange?.(status), [status, onLoadingStatusChange])

  function remember(next: FreshPicture | null): FreshPicture | null {
    setFresh(next)
    return next
  }

  const widths = shown.src === fresh?.src ? fresh.srcSet : shown.src === src ? srcSet : undefined
  return {
    status,
    develops: isNew && trail.seen === null && trail.lastGood.length === 0,
    imageProps: { ...listeners, ref, srcSet: widths, src: shown.src ?? undefined },
  }
}
