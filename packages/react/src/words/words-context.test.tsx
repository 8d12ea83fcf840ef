import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { AvatarUploadArea } from '../avatar-upload/avatar-upload-area.tsx'
import type { AvatarUploadControl } from '../avatar-upload/use-avatar-upload.ts'
import { ImageUploadField } from '../form/image-upload-field.tsx'
import { DraftsTray } from '../tray/drafts-tray.tsx'
import { exampleControl, exampleItem, exampleStates } from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { WordsProvider } from './words-context.tsx'

// jsdom has no object URLs.
Object.assign(URL, { createObjectURL: () => 'blob:example', revokeObjectURL: () => undefined })

afterEach(cleanup)

it('speaks English without a provider', () => {
  render(<ImageUploadArea upload={exampleControl([])} />)
  expect(screen.getByRole('button', { name: 'Choose photos' })).toBeDefined()
})

it('sets the language of the parts inside it', () => {
  render(
    <WordsProvider words={de}>
      <ImageUploadArea upload={exampleControl([])} />
    </WordsProvider>,
  )
  expect(screen.getByRole('button', { name: 'Fotos auswählen' })).toBeDefined()
})

it('sets the language of an avatar too', () => {
  const avatar: AvatarUploadControl = {
    upload: exampleControl([], { maxFiles: 1 }),
    item: null,
    value: null,
    look: null,
    canUndo: false,
    undo: () => undefined,
    remove: () => undefined,
    pick: () => undefined,
  }
  render(
    <WordsProvider words={de}>
      <AvatarUploadArea avatar={avatar} name="Ada" />
    </WordsProvider>,
  )
  expect(screen.getByRole('button', { name: 'Hinzufügen, Foto von Ada' })).toBeDefined()
})

it('sets the language of a field and a tray too', () => {
  render(
    <WordsProvider words={de}>
      <ImageUploadField upload={exampleControl([])} defaultValue={['a']} />
      <DraftsTray upload={exampleControl([exampleItem(exampleStates.restored)])} />
    </WordsProvider>,
  )
  expect(screen.getByRole('list', { name: 'Fotos in diesem Formular' })).toBeDefined()
  expect(screen.getByText('Hier wartet ein Foto')).toBeDefined()
})

it('leaves the last word to the part', () => {
  render(
    <WordsProvider words={de}>
      <ImageUploadArea upload={exampleControl([])} words={ar} />
    </WordsProvider>,
  )
  expect(screen.getByRole('button', { name: 'اختيار صور' })).toBeDefined()
})
