'use client'

import { useId } from 'react'
import type { ReactNode } from 'react'
import { useObjectUrl } from '../use-object-url.ts'
import { enCrop } from '../words/en-crop.ts'
import { useLanguage } from '../words/words-context.tsx'
import { CropControls } from './crop-controls.tsx'
import type { CropOptions } from './crop-picture.ts'
import type { CropProps } from './crop-props.ts'
import { CropStage } from './crop-stage.tsx'
import { useCrop } from './use-crop.ts'
import { useModal } from './use-modal.ts'

export interface CropDialogProps extends CropProps, Omit<CropOptions, 'area' | 'turn'> {
  /** Width by height. Default: 1. */
  readonly aspect?: number | undefined
}

/** Lets a person choose a part of a picture, in a dialog of the browser's own. Escape cancels. Mount it to open it. */
export function CropDialog(props: CropDialogProps): ReactNode {
  const { file, words: own, shape = 'round', aspect = 1, onCrop, onCancel } = props
  const { type, quality, maxPixels } = props
  const shared = useLanguage()
  const words = own ?? shared?.crop ?? enCrop
  const crop = useCrop(file, { type, quality, maxPixels })
  const url = useObjectUrl(file)
  const dialog = useModal()
  const [titleId, hintId] = [useId(), useId()]
  const { status } = crop

  async function finish(): Promise<void> {
    const cropped = await crop.finish()
    // Closed meanwhile: nobody wants it any more.
    if (cropped !== null && dialog.current !== null) onCrop(cropped)
  }
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={hintId}
      onCancel={(event) => {
        event.preventDefault()
        onCancel()
      }}
      data-slot="crop-dialog"
      data-status={status}
      data-shape={shape}
    >
      <h2 id={titleId} data-slot="crop-title">
        {words.title}
      </h2>
      {url !== null && (
        <CropStage {...{ url, shape, aspect, words, crop }} onUnreadable={() => onCrop(file)} />
      )}
      <p id={hintId} data-slot="crop-hint">
        {words.hint}
      </p>
      <CropControls words={words} crop={crop} />
      <output data-slot="crop-status">{status === 'ready' ? '' : words[status]}</output>
      <div data-slot="crop-actions">
        <button type="button" data-slot="crop-button" onClick={onCancel}>
          {words.cancel}
        </button>
        <button
          type="button"
          data-slot="crop-done"
          aria-disabled={status !== 'ready'}
          onClick={() => void finish()}
        >
          {words.done}
        </button>
      </div>
    </dialog>
  )
}
