'use client'

import { useEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Holds what the last render was given, for what runs later: apps write handlers in place, so that each render has others. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  return latest
}
