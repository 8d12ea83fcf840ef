'use client'

import { useMemo, useSyncExternalStore } from 'react'

/** Yields an address for a blob, made and revoked with the component's life; null before. A string is an address already. */
export function useObjectUrl(look: Blob | string | null): string | null {
  const made = useMemo(() => createUrl(look instanceof Blob ? look : null), [look])
  const url = useSyncExternalStore(made.subscribe, made.get, getNone)
  return look instanceof Blob ? url : look
}

/** Made on subscribing, so that a render that is thrown away leaks none. */
function createUrl(blob: Blob | null): {
  readonly get: () => string | null
  readonly subscribe: () => () => void
} {
  let url: string | null = null
  return {
    get: () => url,
    // React looks again by itself right after it has subscribed.
    subscribe() {
      if (blob !== null) url = URL.createObjectURL(blob)
      return () => {
        if (url !== null) URL.revokeObjectURL(url)
        url = null
      }
    },
  }
}

const getNone = (): null => null
