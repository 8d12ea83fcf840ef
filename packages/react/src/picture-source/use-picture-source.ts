'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import { changePicture, srcOf, startPicture } from './picture-state.ts'
import type { PictureEvent, PictureSources, PictureState } from './picture-state.ts'
import { toErrand } from './picture-errand.ts'
import { defaultPictureSurroundings } from './picture-surroundings.ts'
import type { PictureSurroundings } from './picture-surroundings.ts'
import { runErrand } from './run-errand.ts'
import type { RefreshSource } from './refresh-source.ts'

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
  /** What to show now; null when there is nothing: draw no `<img>` then. */
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
  const given = { sources: options.sources, expiresAt: options.expiresAt ?? null }
  const [known, send] = useReducer(changePicture, given, startPicture)
  const sourced: PictureEvent = { type: 'sourced', given }
  const state = changePicture(known, sourced)
  // Sent while rendering, so that the verdict on an earlier picture never shows.
  if (state !== known) send(sourced)
  useErrand(state, { ...options, send })

  const ref = useCallback((image: HTMLImageElement | null) => image && catchUp(image, send), [])
  const src = srcOf(state)
  const tell = toTell(src ?? '', send)
  const { status, index } = state
  return {
    src,
    index,
    status,
    imageProps: { ref, onLoad: tell('loaded'), onError: tell('failed') },
  }
}

type Send = (event: PictureEvent) => void

const toTell = (src: string, send: Send) => (type: 'loaded' | 'failed') => () => send({ type, src })

/** Its events may have fired before React listened. One without a size, as an SVG may be, is complete, has no width and is fine. */
function catchUp(image: HTMLImageElement, send: Send): void {
  if (!image.complete) return
  const tell = toTell(image.getAttribute('src') ?? '', send)
  if (image.naturalWidth > 0) tell('loaded')()
  else void image.decode().then(tell('loaded'), tell('failed'))
}

/** Runs what is to be done in the background for as long as it is to be done. */
function useErrand(
  state: PictureState,
  options: PictureSourceOptions & { readonly send: Send },
): void {
  const errand = toErrand(state, options.refreshSrc)
  const { key } = errand
  const now = { ...options, state, errand }
  const latest = useRef(now)
  useEffect(() => {
    latest.current = now
  })
  useEffect(() => {
    if (!key) return undefined
    const { state: before, errand: due, surroundings, send } = latest.current
    const leaving = new AbortController()
    void runErrand(due, before, {
      ...defaultPictureSurroundings,
      ...surroundings,
      refreshSrc: () => latest.current.refreshSrc,
      signal: leaving.signal,
    }).then((found) => leaving.signal.aborted || send({ type: 'tried', found }))
    return () => leaving.abort()
  }, [key])
}
