'use client'

import { useContext } from 'react'
import { chain } from '../chain.ts'
import { createPart } from '../create-part.ts'
import type { Part, PartProps } from '../create-part.ts'
import { FieldContext } from '../form/field-context.ts'
import { useFilePicker } from './use-file-picker.tsx'
import { useUpload } from './upload-context.ts'

export type ImageUploadTriggerProps = PartProps<
  'button',
  {
    /** Takes a photo with this camera instead of choosing one. The stylesheet shows it on touch screens only. */
    readonly capture?: 'user' | 'environment'
  }
>

/** Opens the picker: a real button, with a real file input behind it. */
export const ImageUploadTrigger: Part<HTMLButtonElement, ImageUploadTriggerProps> = createPart(
  'ImageUpload.Trigger',
  function renderTrigger({ capture, children, ...props }, ref) {
    const { upload, words, status, limitsId, add } = useUpload('Trigger')
    const { errorId } = useContext(FieldContext)
    const { policy, maxFiles } = upload
    const picker = useFilePicker({ policy, maxFiles, capture, onPick: add })
    const label = capture === undefined ? words.zone.choose(maxFiles) : words.zone.takePhoto
    return (
      <>
        <button
          type="button"
          aria-describedby={errorId === undefined ? limitsId : `${limitsId} ${errorId}`}
          {...props}
          ref={ref}
          onClick={chain(props.onClick, picker.open)}
          data-slot="image-upload-trigger"
          data-status={status}
          data-capture={capture}
        >
          {children ?? label}
        </button>
        {picker.input}
      </>
    )
  },
)
