import { ImageUploadField } from '../form/image-upload-field.tsx'
import { ImageUploadActions } from './image-upload-actions.tsx'
import { ImageUploadArea } from './image-upload-area.tsx'
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
import { ImageUploadStatus } from './image-upload-status.tsx'
import { ImageUploadThumbnail } from './image-upload-thumbnail.tsx'
import { ImageUploadTrigger } from './image-upload-trigger.tsx'

/** The parts under one name. Server components import them singly: dots do not cross that boundary. */
export const ImageUpload = {
  Area: ImageUploadArea,
  Field: ImageUploadField,
  Root: ImageUploadRoot,
  DropZone: ImageUploadDropZone,
  Trigger: ImageUploadTrigger,
  Limits: ImageUploadLimits,
  Notice: ImageUploadNotice,
  Queue: ImageUploadQueue,
  List: ImageUploadList,
  Item: ImageUploadItem,
  Thumbnail: ImageUploadThumbnail,
  Name: ImageUploadName,
  Status: ImageUploadStatus,
  Failure: ImageUploadFailure,
  Actions: ImageUploadActions,
  Progress: ImageUploadProgress,
} as const
