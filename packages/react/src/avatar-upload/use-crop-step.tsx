'use client'

import { useState } from 'react'
import type { ComponentType, ReactNode } from 'react'
import type { CropProps } from '../crop/crop-props.ts'
import type { AvatarUploadWords } from '../words/avatar-words.ts'

export interface CropStep {
  /** Takes a file to the cropper, or straight on where there is none. */
  readonly pick: (file: File) => void
  /** The cropper while it is open. */
  readonly dialog: ReactNode
}

/** Puts a cropper, where the app brings one, between choosing a file and what is done with it. */
export function useCropStep(
  Crop: ComponentType<CropProps> | undefined,
  words: AvatarUploadWords,
  onPick: (file: File) => void,
): CropStep {
  const [file, setFile] = useState<File | null>(null)
  if (Crop === undefined) return { pick: onPick, dialog: null }
  const close = (): void => setFile(null)
  const take = (cropped: File): void => {
    close()
    onPick(cropped)
  }
  return {
    pick: setFile,
    dialog: file && <Crop file={file} words={words.crop} onCrop={take} onCancel={close} />,
  }
}
