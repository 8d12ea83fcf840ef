'use client'

import type { ReactNode } from 'react'
import { ImageUploadActions } from '../upload/image-upload-actions.tsx'
import { ImageUploadItem } from '../upload/image-upload-item.tsx'
import { ImageUploadName } from '../upload/image-upload-name.tsx'
import { ImageUploadThumbnail } from '../upload/image-upload-thumbnail.tsx'
import type { UploadItem } from '../upload/upload-state.ts'

export interface DraftRowProps {
  readonly item: UploadItem
  readonly line: string
}

/** One draft with its picture and its own ways out. What all have in common is said above the list. */
export function DraftRow({ item, line }: DraftRowProps): ReactNode {
  return (
    <ImageUploadItem item={item}>
      <ImageUploadThumbnail />
      <ImageUploadName />
      <div data-slot="image-upload-status" data-status={item.state.status}>
        <span data-slot="image-upload-line">{line}</span>
      </div>
      <ImageUploadActions />
    </ImageUploadItem>
  )
}
