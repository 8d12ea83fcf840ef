'use client'

import type { RefObject } from 'react'
import type { Image } from '@lightfast/core'
import type { UploadControl } from '../upload/upload-control.ts'
import { findProblem, tellProblem } from './field-problem.ts'
import { toKeptPhotos } from './kept-photo.ts'
import type { KeptPhoto } from './kept-photo.ts'
import type { FieldWords } from './use-field-words.ts'
import { useFieldUploads } from './use-field-uploads.ts'
import { useFieldValue } from './use-field-value.ts'
import { useFormReset } from './use-form-reset.ts'
import { useLimitedUpload } from './use-limited-upload.ts'

export interface ImageFieldOptions {
  readonly upload: UploadControl
  /** The ids of the images, when the app holds them. Goes with `onValueChange`. */
  readonly value?: readonly string[] | undefined
  /** The ids at first, and again after the form was reset. */
  readonly defaultValue?: readonly string[] | undefined
  readonly onValueChange?: ((ids: readonly string[]) => void) | undefined
  /** What the app knows of the images behind the ids, for their names and pictures. */
  readonly images?: readonly Image[] | undefined
  readonly required?: boolean | undefined
  /** What becomes of a form that is sent while photos are not uploaded. Default: `hold`, with words that say so. */
  readonly whileUnfinished?: 'hold' | 'submit' | undefined
}

export interface FieldSurroundings {
  /** The form control that carries the value. */
  readonly control: RefObject<HTMLSelectElement | null>
  readonly words: FieldWords
}

export interface ImageField {
  readonly ids: readonly string[]
  /** The uploads, as the area inside the field is to show them. */
  readonly upload: UploadControl
  readonly kept: readonly KeptPhoto[]
  readonly remove: (photo: KeptPhoto) => void
  /** What holds the form back, in words; empty if nothing does. */
  readonly message: string
}

/** Binds uploads to the value of a form control. */
export function useImageField(
  options: ImageFieldOptions,
  { control, words }: FieldSurroundings,
): ImageField {
  const { upload, images = none, required = false, whileUnfinished = 'hold' } = options
  const { value, defaultValue, onValueChange } = options
  const field = useFieldValue({ value, defaultValue, onValueChange, control })
  const arrived = useFieldUploads(upload, { field, control })
  const { ids, change } = field
  const { items, maxFiles } = upload

  useFormReset(control, () => {
    // What may be sent without its photos leaves them to the app.
    if (whileUnfinished === 'hold') for (const { id } of items) upload.remove(id)
  })
  const problem = findProblem({ items, ids, required, whileUnfinished })
  return {
    ids,
    upload: useLimitedUpload(upload, { ids, control }),
    kept: toKeptPhotos(ids, { items, arrived, images, words }),
    remove: ({ id }) => change((before) => before.filter((other) => other !== id)),
    message: tellProblem(problem, { words: words.form, maxFiles }),
  }
}

const none: readonly Image[] = []
