'use client'

import { useLayoutEffect, useRef } from 'react'
import type { RefObject } from 'react'

/** Opens a `<dialog>` over the page while it is drawn. Closing it before it goes gives the focus back. */
export function useModal(): RefObject<HTMLDialogElement | null> {
  const ref = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return ref
}
