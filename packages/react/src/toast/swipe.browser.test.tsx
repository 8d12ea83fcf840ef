import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { exampleClock, exampleControl, exampleItem, exampleStates } from '../upload/examples.ts'
import { UploadToasts } from './upload-toasts.tsx'

afterEach(cleanup)

const upload = exampleControl([exampleItem(exampleStates['not-uploaded'])])

async function swipe(byX: number): Promise<void> {
  const toast = screen.getByText('Not uploaded')
  const pointer = { pointerId: 1, button: 0, pointerType: 'touch', bubbles: true, clientY: 10 }
  // The browser follows real pointers only.
  Element.prototype.setPointerCapture = () => undefined
  await act(async () => {
    fireEvent.pointerDown(toast, { ...pointer, clientX: 200 })
    fireEvent.pointerMove(toast, { ...pointer, clientX: 200 + byX / 2 })
    fireEvent.pointerMove(toast, { ...pointer, clientX: 200 + byX })
    fireEvent.pointerUp(toast, { ...pointer, clientX: 200 + byX })
  })
}

it.each([
  ['ltr', 120],
  ['rtl', -120],
] as const)('is swiped to the nearer edge in %s', async (dir, outwards) => {
  render(
    <div dir={dir}>
      <UploadToasts upload={upload} clock={exampleClock} />
    </div>,
  )
  await swipe(-outwards)
  expect(screen.queryByText('Not uploaded')).not.toBeNull()
  await swipe(outwards)
  expect(screen.queryByText('Not uploaded')).toBeNull()
})
