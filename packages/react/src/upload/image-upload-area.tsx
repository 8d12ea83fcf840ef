'use client'

import { memo } from 'react'
import type { ReactNode } from 'react'
import { createPart } from '../create-part.ts'
import type { Part } from '../create-part.ts'
import { ImageUploadActions } from './image-upload-actions.tsx'
import { ImageUploadDropZone } from './image-upload-drop-zone.tsx'
import { ImageUploadFailure } from './image-upload-failure.tsx'
import { ImageUploadItem } from './image-upload-item.tsx'
import { ImageUploadLimits } from './image-upload-limits.tsx'
import { ImageUploadList } from './image-upload-list.tsx'
import { ImageUploadName } from './image-upload-name.tsx'
import { ImageUploadNotice } from './image-upload-notice.tsx'
import { ImageUploadProgress } from './image-upload-progress.tsx'
import { ImageUploadQueue } from './image-upload-queue.tsx'
import { ImageUploadRoot } from './image-upload-root.tsx'
import type { ImageUploadRootProps } from './image-upload-root.tsx'
import { ImageUploadStatus } from './image-upload-status.tsx'
import { ImageUploadThumbnail } from './image-upload-thumbnail.tsx'
import { ImageUploadTrigger } from './image-upload-trigger.tsx'
import { isFailed } from './status-kind.ts'
import { useUpload } from './upload-context.ts'
import type { UploadItem } from './upload-state.ts'

export type ImageUploadAreaProps = ImageUploadRootProps

/** All parts in their usual order: the zone, the list, and then whatever is put inside. */
export const ImageUploadArea: Part<HTMLDivElement, ImageUploadAreaProps> = createPart(
  'ImageUpload.Area',
  function renderArea({ children, ...props }, ref) {
    return (
      <ImageUploadRoot {...props} ref={ref}>
        <ImageUploadDropZone>
          <ImageUploadTrigger />
          <ImageUploadTrigger capture="environment" />
          <DropHint />
          <ImageUploadLimits />
        </ImageUploadDropZone>
        <ImageUploadNotice />
        <ImageUploadQueue items={props.upload.items} />
        <ImageUploadList>
          {props.upload.items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </ImageUploadList>
        {children}
      </ImageUploadRoot>
    )
  },
)

function DropHint(): ReactNode {
  const { upload, words } = useUpload('Area')
  return <span data-slot="image-upload-hint">{words.zone.drop(upload.maxFiles)}</span>
}

/** Drawn anew when its own item changes, not when another one moves on. */
const Row = memo(function renderRow({ item }: { readonly item: UploadItem }): ReactNode {
  return (
    <ImageUploadItem item={item}>
      <ImageUploadThumbnail />
      <ImageUploadName />
      {isFailed(item.state.status) ? (
        <ImageUploadFailure />
      ) : (
        <>
          <ImageUploadStatus />
          <ImageUploadActions />
        </>
      )}
      <ImageUploadProgress />
    </ImageUploadItem>
  )
})
