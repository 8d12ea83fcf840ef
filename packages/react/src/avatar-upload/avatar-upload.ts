import { AvatarUploadActions } from './avatar-upload-actions.tsx'
import { AvatarUploadArea } from './avatar-upload-area.tsx'
import { AvatarUploadBadge } from './avatar-upload-badge.tsx'
import { AvatarUploadProgress } from './avatar-upload-progress.tsx'
import { AvatarUploadRoot } from './avatar-upload-root.tsx'
import { AvatarUploadStatus } from './avatar-upload-status.tsx'
import { AvatarUploadTrigger } from './avatar-upload-trigger.tsx'

/** The parts under one name. Server components import them singly: dots do not cross that boundary. */
export const AvatarUpload = {
  Root: AvatarUploadRoot,
  Area: AvatarUploadArea,
  Trigger: AvatarUploadTrigger,
  Progress: AvatarUploadProgress,
  Badge: AvatarUploadBadge,
  Status: AvatarUploadStatus,
  Actions: AvatarUploadActions,
} as const
