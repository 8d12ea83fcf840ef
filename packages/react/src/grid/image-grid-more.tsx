'use client'

import { useEffect, useMemo, useRef } from 'react'
import type { ReactNode, RefObject } from 'react'
import { createPart, mergeRefs } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { useLatest } from '../use-latest.ts'
import { useGrid } from './grid-context.ts'
import type { GridContextValue } from './grid-context.ts'

export type ImageGridMoreProps = PartProps<
  'div',
  {
    /**
     * `automatic`: the next page is fetched before its place is in sight. The button is there in any case, for keyboards and for browsers
     * that cannot tell.
     * @default 'automatic'
     */
    readonly fetching?: 'automatic' | 'by-button'
  }
>

/** The end of the list so far: the button for more, why there is none, or that this is all. */
export const ImageGridMore: Part<HTMLDivElement, ImageGridMoreProps> = createPart(
  'ImageGrid.More',
  function renderMore({ fetching = 'automatic', ...props }, ref) {
    const grid = useGrid('More')
    const place = useRef<HTMLDivElement>(null)
    const setPlace = useMemo(() => mergeRefs(place, ref), [ref])
    useSentinel(place, grid, fetching)
    const inside = tell(grid, useKeptFocus(place, grid.status))
    if (inside === null) return null
    return (
      <div
        tabIndex={-1}
        {...props}
        ref={setPlace}
        data-slot="image-grid-more"
        data-status={grid.status}
      >
        {inside}
      </div>
    )
  },
)

/** A screen and a half ahead, most people never see the button. */
const AHEAD = '600px 0px'

/** Watches anew after each page: a place that is still in sight is not said to have come into it. */
function useSentinel(
  place: RefObject<HTMLDivElement | null>,
  { images: { state, more } }: GridContextValue,
  fetching: 'automatic' | 'by-button',
): void {
  const waits = state.status === 'ready' && state.nextCursor !== null
  const watches = waits && fetching === 'automatic'
  const latest = useLatest(more)
  useEffect(() => {
    if (!watches || !place.current || typeof IntersectionObserver === 'undefined') return undefined
    const observer = new IntersectionObserver(
      (entries) => entries.some(({ isIntersecting }) => isIntersecting) && latest.current(),
      { rootMargin: AHEAD },
    )
    observer.observe(place.current)
    return () => observer.disconnect()
  }, [place, watches, latest])
}

/** When the button goes because this is all, the keyboard stays here, and not at the top of the page. */
function useKeptFocus(place: RefObject<HTMLDivElement | null>, status: string): () => void {
  const pressed = useRef(false)
  useEffect(() => {
    if (status === 'loading-more' || !pressed.current) return
    pressed.current = false
    const isLost = document.activeElement === null || document.activeElement === document.body
    if (isLost) place.current?.focus()
  }, [place, status])
  return () => {
    pressed.current = true
  }
}

function tell({ images, words }: GridContextValue, onPress: () => void): ReactNode {
  const { state } = images
  const press = (act: () => void) => () => {
    onPress()
    act()
  }
  if (state.status === 'ready' && state.nextCursor === null) {
    return state.pages > 1 ? (
      <p data-slot="image-grid-line">{words.grid.end(state.images.length)}</p>
    ) : null
  }
  if (state.status === 'more-failed') {
    return (
      <>
        <p data-slot="image-grid-line">{words.grid.moreFailed}</p>
        <button type="button" onClick={press(images.retry)} data-slot="image-grid-action">
          {words.grid.retry}
        </button>
      </>
    )
  }
  if (state.status !== 'ready' && state.status !== 'loading-more') return null
  const isBusy = state.status === 'loading-more'
  return (
    // Not `disabled`: that would take the focus away while the page is on its way.
    <button
      type="button"
      aria-disabled={isBusy || undefined}
      onClick={press(images.more)}
      data-slot="image-grid-action"
    >
      {isBusy ? words.grid.loadingMore : words.grid.more}
    </button>
  )
}
