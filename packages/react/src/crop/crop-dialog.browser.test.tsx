import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import '../styles.css'
import { makeFourColours } from '../test-support/make-four-colours.ts'
import { CropDialog } from './crop-dialog.tsx'

afterEach(cleanup)

/** Opens the dialog on a picture of 400 by 200: red and green above, blue and yellow below. */
async function open(picture?: File) {
  const file = picture ?? (await makeFourColours({ width: 400, height: 200 }))
  const onCrop = vi.fn<(file: File) => void>()
  const onCancel = vi.fn<() => void>()
  render(
    <StrictMode>
      <CropDialog file={file} shape="rect" onCrop={onCrop} onCancel={onCancel} />
    </StrictMode>,
  )
  const dialog = screen.getByRole('dialog', { name: 'Crop the photo' })
  return { file, onCrop, onCancel, dialog, within: within(dialog) }
}

const settle = (dialog: HTMLElement): Promise<void> =>
  waitFor(() => expect(dialog.dataset['status']).toBe('ready'))

async function finish(onCrop: {
  readonly mock: { readonly calls: readonly [File][] }
}): Promise<File> {
  await userEvent.click(screen.getByRole('button', { name: 'Use photo' }))
  await waitFor(() => expect(onCrop.mock.calls).toHaveLength(1), { timeout: 4000 })
  const [[file] = []] = onCrop.mock.calls
  if (file === undefined) throw new Error('Nothing was cropped.')
  return file
}

/** The colour in the middle of each quarter, as the channels that are lit. */
async function quarters(file: File): Promise<readonly string[]> {
  const picture = await createImageBitmap(file)
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d')
  context?.drawImage(picture, 0, 0)
  return [0.25, 0.75].flatMap((down) =>
    [0.25, 0.75].map((across) => {
      const { data } = context?.getImageData(width * across, height * down, 1, 1) ?? { data: [] }
      return ['red', 'green', 'blue'].filter((_, part) => (data[part] ?? 0) > 127).join('+')
    }),
  )
}

const slide = (slider: HTMLElement, value: string): boolean =>
  fireEvent.change(slider, { target: { value } })

const zoomOf = (slider: HTMLElement): number =>
  Number(slider instanceof HTMLInputElement && slider.value)

function middleOf(element: Element): { clientX: number; clientY: number } {
  const { left, top, width, height } = element.getBoundingClientRect()
  return { clientX: left + width / 2, clientY: top + height / 2 }
}

/** Two fingers around the middle, first so far from each other and then so far. */
function pinch(target: Element, from: number, to: number): void {
  const { clientX, clientY } = middleOf(target)
  const fingers = (apart: number): Touch[] =>
    [-1, 1].map((side) => {
      const x = clientX + (side * apart) / 2
      return new Touch({ identifier: side + 1, target, clientX: x, clientY })
    })
  const touch = (type: string, apart: number): boolean => {
    const touches = fingers(apart)
    const init = {
      bubbles: true,
      cancelable: true,
      touches,
      changedTouches: touches,
      targetTouches: touches,
    }
    return fireEvent(target, new TouchEvent(type, init))
  }
  touch('touchstart', from)
  touch('touchmove', to)
  fireEvent(target, new TouchEvent('touchend', { bubbles: true, cancelable: true }))
}

describe('CropDialog', () => {
  it('cuts the middle unless somebody moves it', async () => {
    const { dialog, onCrop } = await open()
    await settle(dialog)
    const file = await finish(onCrop)
    expect(await quarters(file)).toEqual(['red', 'green', 'blue', 'red+green'])
    const { width, height } = await createImageBitmap(file)
    expect([width, height]).toEqual([200, 200])
  })

  it('goes to the left edge by its slider', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    slide(inside.getByRole('slider', { name: 'Left and right' }), '0')
    expect(await quarters(await finish(onCrop))).toEqual(['red', 'red', 'blue', 'blue'])
  })

  it('goes into a corner by zoom and both sliders', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    slide(inside.getByRole('slider', { name: 'Zoom' }), '2')
    slide(inside.getByRole('slider', { name: 'Left and right' }), '1')
    slide(inside.getByRole('slider', { name: 'Up and down' }), '1')
    const file = await finish(onCrop)
    expect(await quarters(file)).toEqual(Array.from({ length: 4 }, () => 'red+green'))
    const { width } = await createImageBitmap(file)
    expect(width).toBe(100)
  })

  it('moves by the arrow keys', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    inside.getByRole('application', { name: /arrow keys/u }).focus()
    await userEvent.keyboard('{ArrowRight>20/}')
    expect(await quarters(await finish(onCrop))).toEqual(['red', 'red', 'blue', 'blue'])
  })

  it('zooms by the wheel, and its slider follows', async () => {
    const { dialog, within: inside } = await open()
    await settle(dialog)
    const stage = inside.getByRole('application')
    fireEvent.wheel(stage, { deltaY: -100, ...middleOf(stage) })
    await waitFor(() =>
      expect(zoomOf(inside.getByRole('slider', { name: 'Zoom' }))).toBeGreaterThan(1),
    )
  })

  it('zooms by two fingers that part, and goes no further than the slider', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    const stage = inside.getByRole('application')
    const slider = inside.getByRole('slider', { name: 'Zoom' })
    pinch(stage, 20, 40)
    await waitFor(() => expect(zoomOf(slider)).toBeCloseTo(2, 1))
    pinch(stage, 10, 500)
    await waitFor(() => expect(slider.getAttribute('max')).toBe(String(zoomOf(slider))))
    const { width } = await createImageBitmap(await finish(onCrop))
    expect(width).toBeLessThan(200)
  })

  it('follows the pointer that drags the picture', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    const stage = inside.getByRole('application')
    const { clientX, clientY } = middleOf(stage)
    fireEvent.mouseDown(stage, { clientX, clientY })
    fireEvent.mouseMove(document, { clientX: clientX + 400, clientY })
    await new Promise(requestAnimationFrame)
    fireEvent.mouseUp(document)
    expect(await quarters(await finish(onCrop))).toEqual(['red', 'red', 'blue', 'blue'])
  })

  it('turns by a quarter, and starts over', async () => {
    const { dialog, onCrop, within: inside } = await open()
    await settle(dialog)
    await userEvent.click(inside.getByRole('button', { name: 'Turn right' }))
    await userEvent.click(inside.getByRole('button', { name: 'Start over' }))
    await userEvent.click(inside.getByRole('button', { name: 'Turn left' }))
    const file = await finish(onCrop)
    expect(await quarters(file)).toEqual(['green', 'red+green', 'red', 'blue'])
  })

  it('hands on the file itself where this device cannot open it', async () => {
    const { file, onCrop } = await open(new File(['no picture'], 'photo.heic'))
    await waitFor(() => expect(onCrop).toHaveBeenCalledWith(file))
  })

  it('gives the focus back when it goes', async () => {
    const button = document.body.appendChild(document.createElement('button'))
    button.focus()
    const { dialog } = await open()
    await settle(dialog)
    expect(dialog.contains(document.activeElement)).toBe(true)
    cleanup()
    expect(document.activeElement).toBe(button)
    button.remove()
  })

  it('cancels by its button, and by what Escape asks for', async () => {
    const { dialog, onCancel, within: inside } = await open()
    await userEvent.click(inside.getByRole('button', { name: 'Cancel' }))
    fireEvent(dialog, new Event('cancel', { cancelable: true }))
    expect(onCancel).toHaveBeenCalledTimes(2)
  })
})
