'use client'

import { useEffect, useState } from 'react'
import { thumbhashColor } from './read-thumbhash.ts'

/** What stands in for a picture, as variables for the stylesheet. */
export interface Likeness {
  readonly '--lf-average': string
  /** A CSS image, once it is drawn. */
  readonly '--lf-likeness': string | undefined
}

/**
 * Yields the likeness of a picture: its average colour from the server's HTML on, and drawn once it is wanted, since most pictures are there
 * before anyone could see it. Undefined without a thumbhash.
 */
export function useLikeness(
  thumbhash: string | null | undefined,
  isWanted: boolean,
): Likeness | undefined {
  const [drawn, setDrawn] = useState<{ thumbhash: string; url: string | undefined }>()
  useEffect(() => {
    if (!isWanted || !thumbhash) return undefined
    let isLeft = false
    import('./draw-thumbhash.ts').then(
      ({ drawThumbhash }) => isLeft || setDrawn({ thumbhash, url: drawThumbhash(thumbhash) }),
      // Without it there is still the average colour.
      () => undefined,
    )
    return () => {
      isLeft = true
    }
  }, [thumbhash, isWanted])

  const average = thumbhash ? thumbhashColor(thumbhash) : undefined
  if (average === undefined) return undefined
  const url = drawn?.thumbhash === thumbhash ? drawn?.url : undefined
  return { '--lf-average': average, '--lf-likeness': url && `url(${url})` }
}
