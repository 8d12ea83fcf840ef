'use client'

import type { KeyboardEvent } from 'react'
import { useGrid } from './grid-context.ts'
import { isMoveKey, nextItem } from './next-item.ts'
import type { MoveKey } from './next-item.ts'

const itemSelector = '[data-slot="image-grid-item"]'

/** Makes the keys of a gallery whose pictures can be chosen. Keys within an item belong to what is in there. */
export function useGridKeys(): (event: KeyboardEvent<HTMLElement>) => void {
  const { images, mode, select, onOpen } = useGrid('List')

  function choose(event: KeyboardEvent<HTMLElement>, id: string): void {
    event.preventDefault()
    select({ type: event.shiftKey ? 'extended' : 'toggled', id })
  }

  function move(event: KeyboardEvent<HTMLElement>, key: MoveKey): void {
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>(itemSelector)]
    const from = items.findIndex((item) => item === event.target)
    const places = items.map((item) => item.getBoundingClientRect())
    const { direction } = getComputedStyle(event.currentTarget)
    const to =
      items[nextItem({ key, from, places, direction: direction === 'rtl' ? 'rtl' : 'ltr' })]
    event.preventDefault()
    to?.focus()
    const id = to?.dataset['imageId']
    if (event.shiftKey && id !== undefined) select({ type: 'extended', id })
  }

  return (event) => {
    const { target, key } = event
    if (mode === 'none' || !(target instanceof HTMLElement) || !target.matches(itemSelector)) return
    const image = images.state.images.find(({ id }) => id === target.dataset['imageId'])
    if (image === undefined) return
    if (isMoveKey(key)) return move(event, key)
    if (key === ' ') return choose(event, image.id)
    if (key === 'Enter') return onOpen ? onOpen(image) : choose(event, image.id)
    if (key === 'Escape') return select({ type: 'cleared' })
    if (key !== 'a' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    select({ type: 'all-chosen' })
  }
}
