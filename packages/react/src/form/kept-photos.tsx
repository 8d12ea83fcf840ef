'use client'

import { useRef } from 'react'
import type { MouseEvent, ReactNode } from 'react'
import { CuttableName } from '../upload/image-upload-name.tsx'
import { StateIcon } from '../upload/state-icon.tsx'
import type { KeptPhoto } from './kept-photo.ts'
import { KeptThumbnail } from './kept-thumbnail.tsx'
import type { FieldWords } from './use-field-words.ts'

export interface KeptPhotosProps {
  readonly photos: readonly KeptPhoto[]
  readonly words: FieldWords
  readonly onRemove: (photo: KeptPhoto) => void
  /** Takes the keyboard when the last row goes. */
  readonly focusElsewhere: () => void
}

/** Lists the photos that a form has already, each with a way to take it out. */
export function KeptPhotos(props: KeptPhotosProps): ReactNode {
  const { photos, words, onRemove, focusElsewhere } = props
  const list = useRef<HTMLUListElement>(null)
  if (photos.length === 0) return null

  function remove(photo: KeptPhoto, { currentTarget }: MouseEvent<HTMLButtonElement>): void {
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.indexOf(currentTarget)
    const next = buttons[at + 1] ?? buttons[at - 1]
    onRemove(photo)
    if (next === undefined) focusElsewhere()
    else next.focus()
  }

  return (
    <ul ref={list} aria-label={words.form.kept} data-slot="image-upload-list" data-status="kept">
      {photos.map((photo) => (
        <Row key={photo.id} photo={photo} words={words} onRemove={remove} />
      ))}
    </ul>
  )
}

interface RowProps {
  readonly photo: KeptPhoto
  readonly words: FieldWords
  readonly onRemove: (photo: KeptPhoto, event: MouseEvent<HTMLButtonElement>) => void
}

function Row({ photo, words, onRemove }: RowProps): ReactNode {
  const { status } = photo
  const title = status === 'parked' ? words.form.parked : words.form.uploaded
  return (
    <li data-slot="image-upload-item" data-status={status}>
      <KeptThumbnail preview={photo.preview} />
      <span dir="auto" data-slot="image-upload-name" data-status={status}>
        <CuttableName name={photo.name} />
      </span>
      <div data-slot="image-upload-status" data-status={status}>
        <StateIcon state={{ status }} />
        <span data-slot="image-upload-title">{title}</span>
      </div>
      <div data-slot="image-upload-actions" data-status={status}>
        <button
          type="button"
          aria-label={words.actionName(words.labels.remove, photo.name)}
          onClick={(event) => onRemove(photo, event)}
          data-slot="image-upload-action"
          data-status={status}
          data-way="remove"
        >
          {words.labels.remove}
        </button>
      </div>
    </li>
  )
}
