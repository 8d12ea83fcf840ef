'use client'

import { useEffect, useState } from 'react'

/** Draws a thumbhash once it is wanted: most pictures are there before anyone could see it. */
export function useLikeness(
  thumbhash: string | null | undefined,
  isWanted: boolean,
): string | undefined {
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
  return drawn?.thumbhash === thumbhash ? drawn?.url : undefined
}
