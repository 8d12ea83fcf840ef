'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { RefObject } from 'react'
import { changePicture, srcOf, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureSources, PictureState } from './picture-state.ts'
import { toErrand } from './picture-errand.ts'
import { defaultPictureSurroundings } from './picture-surroundings.ts'
import type { PictureSurroundings } from './picture-surroundings.ts'
import { runErrand } from './run-errand.ts'
import type { RefreshSource } from './run-errand.ts'

export interface PictureSourceOptions extends Partial<PictureSources> {
  /** In order of preference: the picture itself, then what stands in for it. */
  readonly sources: readonly string[]
  readonly refreshSrc?: RefreshSource | undefined
  readonly surroundings?: Partial<PictureSurroundings> | undefined
}

/** For the `<img>` that shows `src`, and for no other. */
export interface PictureImageProps {
  readonly ref: (image: HTMLImageElement | null) => void
  readonly onLoad: () => void
  readonly onError: () => void
}

export interface PictureSource {
  /** What to show now; null without sources. */
  readonly src: string | null
  /** Which of the sources that is, from 0. */
  readonly index: number
  readonly status: PictureState['status']
  readonly imageProps: PictureImageProps
}

/**
 * Follows one `<img>` from the server's HTML on: falls back along the sources, tries the missing ones
 * again in the background, and has signed URLs renewed before they expire, after a return and on failure.
 */
export function usePictureSource(options: PictureSourceOptions): PictureSource {
  const { sources, expiresAt = null } = options
  const [known, send] = useReducer(changePicture, { sources, expiresAt }, startPicture)
  const sourced: PictureEvent = { type: 'sourced', sources, expiresAt }
  const state = changePicture(known, sourced)
  // Sent while rendering, so that the verdict on an earlier picture never shows.
  if (state !== known) send(sourced)

  const image = useRef<HTMLImageElement | null>(null)
  const ref = useCallback((shown: HTMLImageElement | null) => {
    image.current = shown
    if (shown !== null) catchUp(shown, send)
  }, [])
  useErrand(state, { ...options, image, send })

  const src = srcOf(state)
  const tell = (type: 'loaded' | 'failed') => () => {
    if (src !== null) send({ type, src })
  }
  return {
    src,
    index: state.status === 'idle' ? 0 : state.index,
    status: state.status,
    imageProps: { ref, onLoad: tell('loaded'), onError: tell('failed') },
  }
}

/** Its events may have fired before React listened. One without a size, as an SVG may be, is complete, has no width and is fine. */
function catchUp(image: HTMLImageElement, send: (event: PictureEvent) => void): void {
  const src = image.getAttribute('src')
  if (!image.complete || src === null) return
  const tell = (type: 'loaded' | 'failed') => () => send({ type, src })
  if (image.naturalWidth > 0) tell('loaded')()
  else void image.decode().then(tell('loaded'), tell('failed'))
}

interface ErrandOptions extends PictureSourceOptions {
  readonly image: RefObject<HTMLImageElement | null>
  readonly send: (event: PictureEvent) => void
}

/** Runs what is to be done in the background for as long as it is to be done. */
function useErrand(state: PictureState, options: ErrandOptions): void {
  const errand = toErrand(state, options.refreshSrc ? 'offered' : 'absent')
  const { key } = errand
  const latest = useRef({ state, errand, options })
  useEffect(() => {
    latest.current = { state, errand, options }
  })
  useEffect(() => {
    const now = latest.current
    if (key === '' || now.state.status === 'idle') return undefined
    const leaving = new AbortController()
    void runErrand(now.errand, now.state, {
      surroundings: { ...defaultPictureSurroundings, ...now.options.surroundings },
      refreshSrc: () => latest.current.options.refreshSrc,
      image: () => now.options.image.current,
      send: now.options.send,
      signal: leaving.signal,
    })
    return () => leaving.abort()
  }, [key])
}
