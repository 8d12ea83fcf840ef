'use client'

import type { ReactNode } from 'react'
import type { WayOut } from '../words/words.ts'
import { useFilePicker } from './use-file-picker.tsx'
import type { UploadControl } from './upload-control.ts'
import type { UploadItem } from './upload-state.ts'

export interface WayOutOptions {
  readonly item: UploadItem
  readonly upload: Omit<UploadControl, 'items'>
  readonly onSignIn: ((item: UploadItem) => void) | undefined
}

export interface TakenWayOut {
  readonly take: () => void
  /** The file input of `chooseAnother`, to be drawn beside the button; null for all others. */
  readonly input: ReactNode
}

/** Binds a way out to what it does. Only `chooseAnother` opens a picker. */
export function useWayOut(way: WayOut, { item, upload, onSignIn }: WayOutOptions): TakenWayOut {
  const picker = useFilePicker({
    policy: upload.policy,
    maxFiles: 1,
    onPick([file]) {
      if (file !== undefined) upload.replace(item.id, file)
    },
  })
  const doings: { readonly [W in WayOut]: () => void } = {
    cancel: () => upload.remove(item.id),
    remove: () => upload.remove(item.id),
    discard: () => upload.remove(item.id),
    retry: () => upload.retry(item.id),
    tryNow: () => upload.retry(item.id),
    upload: () => upload.retry(item.id),
    checkNow: () => upload.checkNow(item.id),
    chooseAnother: picker.open,
    signIn: () => onSignIn?.(item),
  }
  return { take: doings[way], input: way === 'chooseAnother' ? picker.input : null }
}
