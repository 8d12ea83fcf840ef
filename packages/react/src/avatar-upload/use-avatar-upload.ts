'use client'

import { useEffect, useRef, useState } from 'react'
import type { Image } from '@lightfast/core'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import type { UploaderOptions } from '../upload/uploader-options.ts'
import { useImageUpload } from '../upload/use-image-upload.ts'
import { changeAvatar, giveAvatar, settleAvatar } from './avatar-value.ts'
import type { AvatarEvent, AvatarValue } from './avatar-value.ts'

/** What an avatar became, and how. */
export interface AvatarChange {
  readonly reason: AvatarEvent['type']
  /** The id of the image before the change; null if there was none. */
  readonly previous: string | null
  /** The image that was uploaded; null after `removed` and `undone`. */
  readonly image: Image | null
}

export interface AvatarUploadOptions extends Omit<UploaderOptions, 'kind' | 'maxFiles' | 'onDone'> {
  /** What the app uses the image for. Default: `avatar`. */
  readonly kind?: string | undefined
  /** The id of the image, where the app holds it; null for none. */
  readonly value?: string | null | undefined
  /** The id of the image at first, where the app does not hold it. */
  readonly defaultValue?: string | null | undefined
  /** Where the picture of the value is. */
  readonly src?: string | null | undefined
  readonly onValueChange?: ((value: string | null, change: AvatarChange) => void) | undefined
}

/** All that the parts need to draw an avatar upload. A story or a test writes one by hand. */
export interface AvatarUploadControl {
  readonly upload: UploadControl
  /** What is on its way, or has just arrived or failed; null when nothing is to be told. */
  readonly item: UploadItem | null
  /** The id of the image; null for none. */
  readonly value: string | null
  /** How the avatar looks now: the chosen file at once, else where the app says it is; null for no picture. */
  readonly look: Blob | string | null
  /** Whether there is a picture to go back to. */
  readonly canUndo: boolean
  /** Goes back to the picture before. While one is on its way, that cancels it. */
  readonly undo: () => void
  /** Leaves the person without a picture. Deleting the image is for the app to do. */
  readonly remove: () => void
  /** Uploads a file, in the place of what is on its way. */
  readonly pick: (file: File) => void
}

/** Binds the upload of one avatar to a component. Its value is the id of an image, held here or by the app. */
export function useAvatarUpload(options: AvatarUploadOptions): AvatarUploadControl {
  const {
    kind = 'avatar',
    value,
    defaultValue = null,
    src = null,
    onValueChange,
    ...others
  } = options
  const [ours, setOurs] = useState(() => giveAvatar(value ?? defaultValue))
  const avatar = settleAvatar(ours, value)
  const chosen = useRef<Blob | null>(null)
  const upload = useImageUpload({
    ...others,
    kind,
    maxFiles: 1,
    onDone(image) {
      change({ type: 'uploaded', value: image.id, look: chosen.current, src }, image)
    },
  })
  const item = upload.items[0] ?? null
  useEffect(() => {
    chosen.current = item?.preview ?? null
  })

  function change(event: AvatarEvent, image: Image | null = null): void {
    const next = changeAvatar(avatar, event)
    if (next === avatar) return
    setOurs(next)
    onValueChange?.(next.value, { reason: event.type, previous: avatar.value, image })
  }
  const busy = item !== null && item.state.status !== 'done'
  return {
    upload,
    item: busy || isOf(item, ours) ? item : null,
    value: avatar.value,
    look: toLook(avatar, src, isAhead(item, ours, avatar) ? item.preview : null),
    canUndo: avatar.previous !== null,
    undo: () => (busy ? upload.remove(item.id) : change({ type: 'undone' })),
    remove: () => change({ type: 'removed', src }),
    pick: (file) => (busy ? upload.replace(item.id, file) : upload.add([file])),
  }
}

const isOf = (item: UploadItem | null, { value }: AvatarValue): boolean =>
  item?.state.status === 'done' && item.state.image.id === value

/** Whether the chosen file shows what the avatar is about to be: on its way, or done while the app has not said so yet. */
function isAhead(
  item: UploadItem | null,
  ours: AvatarValue,
  avatar: AvatarValue,
): item is UploadItem {
  if (item === null || item.state.status === 'rejected') return false
  return item.state.status !== 'done' || (isOf(item, ours) && avatar !== ours)
}

/** After a removal the app's address may still be that of the picture that went. */
function toLook(
  { value, look, previous }: AvatarValue,
  src: string | null,
  chosen: Blob | null,
): Blob | string | null {
  return chosen ?? look ?? (value === null && previous !== null ? null : src)
}
