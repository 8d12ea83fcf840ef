'use client'

import { createContext, useContext } from 'react'
import { expectParent } from '../expect-parent.ts'
import type { AvatarUploadWords } from '../words/avatar-words.ts'
import type { Description } from '../words/describe-item.ts'
import type { UploadItem, UploadState } from '../upload/upload-state.ts'
import type { AvatarUploadControl } from './use-avatar-upload.ts'

/** `none`: no picture and nothing on its way. `set`: a picture and nothing on its way. Else the status of the upload. */
export type AvatarUploadStatus = 'none' | 'set' | UploadState['status']

export interface AvatarUploadContextValue {
  readonly avatar: AvatarUploadControl
  readonly name: string
  readonly words: AvatarUploadWords
  readonly status: AvatarUploadStatus
  /** What is told of the upload; null when there is nothing to tell. */
  readonly description: Description | null
  readonly dragging: boolean
  readonly statusId: string
  /** Takes a file: through the cropper where there is one. */
  readonly pick: (file: File) => void
  readonly undo: () => void
  readonly remove: () => void
  readonly onSignIn: ((item: UploadItem) => void) | undefined
}

export const AvatarUploadContext = createContext<AvatarUploadContextValue | null>(null)

export function useAvatarUploadParts(part: string): AvatarUploadContextValue {
  return expectParent(useContext(AvatarUploadContext), `AvatarUpload.${part}`, 'AvatarUpload.Root')
}
