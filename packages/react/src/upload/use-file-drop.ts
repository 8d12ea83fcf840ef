'use client'

import { useEffect, useState } from 'react'
import type { DragEvent, RefObject } from 'react'

export interface FileDrop {
  /** Whether files hover over the zone. */
  readonly dragging: boolean
  readonly onDragOver: (event: DragEvent<HTMLElement>) => void
  readonly onDragLeave: (event: DragEvent<HTMLElement>) => void
  readonly onDrop: (event: DragEvent<HTMLElement>) => void
}

/** Takes files that are dropped on the zone, or pasted while the keyboard is inside it. */
export function useFileDrop(
  zone: RefObject<HTMLElement | null>,
  add: (files: Iterable<File>) => void,
): FileDrop {
  const [dragging, setDragging] = useState(false)
  usePaste(zone, add)
  useStrayDrops()
  return {
    dragging,
    onDragOver(event) {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      setDragging(true)
    },
    onDragLeave({ currentTarget, relatedTarget }) {
      const stillInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget)
      if (!stillInside) setDragging(false)
    },
    onDrop(event) {
      if (!carriesFiles(event.dataTransfer)) return
      event.preventDefault()
      setDragging(false)
      add(event.dataTransfer.files)
    },
  }
}

/** On the document, because browsers do not agree on where a paste without a text field arrives. */
function usePaste(zone: RefObject<HTMLElement | null>, add: (files: Iterable<File>) => void): void {
  useEffect(() => {
    function takePaste(event: ClipboardEvent): void {
      const files = event.clipboardData?.files
      if (!files?.length || !zone.current?.contains(document.activeElement)) return
      event.preventDefault()
      add(files)
    }
    document.addEventListener('paste', takePaste)
    return () => document.removeEventListener('paste', takePaste)
  })
}

/** A file dropped beside the zone would otherwise open in place of the page, and end its uploads. */
function useStrayDrops(): void {
  useEffect(() => {
    function refuse(event: globalThis.DragEvent): void {
      const onInput = event.target instanceof Element && event.target.closest('input[type=file]')
      if (!onInput && carriesFiles(event.dataTransfer)) event.preventDefault()
    }
    document.addEventListener('dragover', refuse)
    document.addEventListener('drop', refuse)
    return () => {
      document.removeEventListener('dragover', refuse)
      document.removeEventListener('drop', refuse)
    }
  }, [])
}

const carriesFiles = (data: DataTransfer | null): boolean => data?.types.includes('Files') ?? false
