'use client'

import { createContext, useContext } from 'react'
import { expectParent } from '../expect-parent.ts'
import type { Description } from '../words/describe-item.ts'
import type { Words } from '../words/words.ts'
import type { UploadControl } from './upload-control.ts'
import type { UploadItem } from './upload-state.ts'

/** How full the list is. The root's parts carry it as `data-status`. */
export type AreaStatus = 'empty' | 'open' | 'full'

export interface UploadContextValue {
  /** The same object until something other than the items changes: else every row would be drawn for each tick of one. */
  readonly upload: Omit<UploadControl, 'items'>
  readonly words: Words
  readonly status: AreaStatus
  /** Milliseconds since the epoch, fresh enough to tell whether a retry time has passed. */
  readonly now: number
  readonly limitsId: string
  /** Adds files and remembers how many did not fit. */
  readonly add: (files: Iterable<File>) => void
  readonly leftOut: number
  /** Tells the keeper of the focus that a person used this button of a row. */
  readonly onAct: (button: Element) => void
  readonly onSignIn: ((item: UploadItem) => void) | undefined
}

export interface ItemContextValue {
  readonly item: UploadItem
  readonly description: Description
}

export const UploadContext = createContext<UploadContextValue | null>(null)
export const ItemContext = createContext<ItemContextValue | null>(null)

export function useUpload(part: string): UploadContextValue {
  return expectParent(useContext(UploadContext), `ImageUpload.${part}`, 'ImageUpload.Root')
}

export function useUploadItem(part: string): ItemContextValue {
  return expectParent(useContext(ItemContext), `ImageUpload.${part}`, 'ImageUpload.Item')
}
