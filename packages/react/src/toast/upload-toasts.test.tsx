import { act, cleanup, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { exampleClock, exampleControl, exampleItem, exampleStates } from '../upload/examples.ts'
import { ImageUploadRoot } from '../upload/image-upload-root.tsx'
import type { UploadControl } from '../upload/upload-control.ts'
import type { UploadState } from '../upload/upload-state.ts'
import { UploadToasts } from './upload-toasts.tsx'

const control = (state: UploadState, details: Partial<UploadControl> = {}): UploadControl =>
  exampleControl([exampleItem(state, { id: 'one' })], details)

const toasts = (upload: UploadControl) => <UploadToasts upload={upload} clock={exampleClock} />

const notUploaded = exampleStates['not-uploaded']

describe('UploadToasts', () => {
  beforeEach(() => {
    // Not in jsdom.
    Object.assign(Element.prototype, { hasPointerCapture: () => false })
  })
  afterEach(() => {
    cleanup()
    vi.useRealTimers()
  })

  it('keeps a failure and lets a success go', () => {
    vi.useFakeTimers()
    const { rerender } = render(toasts(control(notUploaded)))
    act(() => void vi.advanceTimersByTime(60_000))
    expect(screen.getByText('Not uploaded')).toBeTruthy()
    rerender(toasts(control(exampleStates.done)))
    expect(screen.getByText('Uploaded')).toBeTruthy()
    act(() => void vi.advanceTimersByTime(5000))
    expect(screen.queryByText('Uploaded')).toBeNull()
  })

  it('says nothing of what was done before it came', () => {
    render(toasts(control(exampleStates.done)))
    expect(screen.queryByText('Uploaded')).toBeNull()
  })

  it('stays closed once closed, and opens again with the next failure', async () => {
    const { rerender } = render(toasts(control(notUploaded)))
    await userEvent.click(screen.getByRole('button', { name: 'Close, beach.jpg' }))
    rerender(toasts(control({ ...notUploaded })))
    expect(screen.queryByText('Not uploaded')).toBeNull()
    rerender(toasts(control(exampleStates.uploading)))
    rerender(toasts(control(notUploaded)))
    expect(screen.getByText('Not uploaded')).toBeTruthy()
  })

  it('takes the first way out', async () => {
    const retry = vi.fn()
    render(toasts(control(notUploaded, { retry })))
    await userEvent.click(screen.getByRole('button', { name: 'Try again, beach.jpg' }))
    expect(retry).toHaveBeenCalledWith('one')
  })

  it('speaks politely by itself, and leaves the speaking to the area around it', () => {
    const { unmount } = render(toasts(control(notUploaded)))
    expect(screen.getByRole('status').getAttribute('aria-live')).toBe('polite')
    unmount()
    const upload = control(notUploaded)
    render(
      <ImageUploadRoot upload={upload} clock={exampleClock}>
        {toasts(upload)}
      </ImageUploadRoot>,
    )
    expect(screen.getAllByRole('status')).toHaveLength(1)
  })

  it('renders on a server', () => {
    expect(() => renderToString(toasts(control(notUploaded)))).not.toThrow()
  })
})
