'use client'

import { createContext, useContext } from 'react'
import { expectParent } from '../expect-parent.ts'
import type { Image } from '@lightfast/core'
import type { GridStatus } from './grid-status.ts'
import type { Selection, SelectionEvent, SelectionMode } from './selection.ts'
import type { GallerySpeech } from './use-grid-words.ts'
import type { ImagesControl } from './use-images.ts'

/** `rows` and `columns`: pictures at their own ratio, in lines of one height or of one width. */
export type GridLayout = 'rows' | 'columns' | 'squares'

export interface GridContextValue {
  readonly images: ImagesControl
  readonly words: GallerySpeech
  readonly status: GridStatus
  readonly layout: GridLayout
  readonly mode: SelectionMode
  readonly selection: Selection
  readonly select: (event: SelectionEvent) => void
  readonly onOpen: ((image: Image) => void) | undefined
  readonly onSignIn: (() => void) | undefined
}

export interface GridItemContextValue {
  readonly image: Image
  readonly alt: string
  /** For what can be focused within an item: one item at a time is in the order of Tab. */
  readonly tabIndex: 0 | -1
}

export const GridContext = createContext<GridContextValue | null>(null)
export const GridItemContext = createContext<GridItemContextValue | null>(null)

export function useGrid(part: string): GridContextValue {
  return expectParent(useContext(GridContext), `ImageGrid.${part}`, 'ImageGrid.Root')
}

export function useGridItem(part: string): GridItemContextValue {
  return expectParent(useContext(GridItemContext), `ImageGrid.${part}`, 'ImageGrid.Item')
}
