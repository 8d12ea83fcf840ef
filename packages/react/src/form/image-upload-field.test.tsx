import { renderToString } from 'react-dom/server'
import { act } from '@testing-library/react'
import { hydrateRoot } from 'react-dom/client'
import { expect, it } from 'vitest'
import { describePart } from '../test-support/describe-part.tsx'
import { exampleControl } from '../upload/examples.ts'
import { ImageUploadField } from './image-upload-field.tsx'

describePart('ImageUpload.Field', ImageUploadField, {
  props: { upload: exampleControl([]), label: 'Photos', error: 'An album needs three photos.' },
  within: (part) => part,
})

it('carries its value before any script has run, and hydrates to the same', () => {
  const field = (
    <form>
      <ImageUploadField upload={exampleControl([])} name="photos" defaultValue={['a', 'b']} />
    </form>
  )
  const container = document.body.appendChild(document.createElement('div'))
  container.innerHTML = renderToString(field)
  const ids = (): FormDataEntryValue[] =>
    new FormData(container.querySelector('form') ?? undefined).getAll('photos')
  expect(ids()).toEqual(['a', 'b'])
  const errors: unknown[] = []
  act(() => void hydrateRoot(container, field, { onRecoverableError: (e) => errors.push(e) }))
  expect(errors).toEqual([])
  expect(ids()).toEqual(['a', 'b'])
})
