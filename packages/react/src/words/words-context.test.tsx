import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { exampleControl } from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import { ar } from './ar.ts'
import { de } from './de.ts'
import { WordsProvider } from './words-context.tsx'

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

it('leaves the last word to the part', () => {
  render(
    <WordsProvider words={de}>
      <ImageUploadArea upload={exampleControl([])} words={ar} />
    </WordsProvider>,
  )
  expect(screen.getByRole('button', { name: 'اختيار صور' })).toBeDefined()
})
