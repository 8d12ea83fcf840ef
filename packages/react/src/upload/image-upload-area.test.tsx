import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { afterEach, describe, expect, it, vi } from 'vitest'
import {
  exampleClock,
  exampleControl,
  exampleFailure,
  exampleItem,
  exampleNow,
  exampleStates,
} from './examples.ts'
import { en } from '../words/en.ts'
import { ImageUploadArea } from './image-upload-area.tsx'
import type { UploadControl } from './upload-control.ts'
import type { UploadItem } from './upload-state.ts'

// jsdom has no object URLs.
const [createObjectURL, revokeObjectURL] = [vi.fn(() => 'blob:example'), vi.fn()]
Object.assign(URL, { createObjectURL, revokeObjectURL })

afterEach(() => {
  cleanup()
  vi.clearAllMocks()
  vi.useRealTimers()
})

const beach = new File(['x'], 'beach.jpg', { type: 'image/jpeg' })

function show(upload: UploadControl, onSignIn?: (item: UploadItem) => void) {
  const area = (now: UploadControl) => (
    <ImageUploadArea upload={now} clock={exampleClock} {...(onSignIn && { onSignIn })} />
  )
  const { rerender, container, unmount } = render(area(upload))
  return {
    container,
    input: findIn(container, INPUT),
    unmount,
    update: (now: UploadControl) => rerender(area(now)),
  }
}

const INPUT = '[data-slot="image-upload-input"]'
const ZONE = '[data-slot="image-upload-drop-zone"]'

function findIn(container: HTMLElement, selector: string): HTMLElement {
  const found = container.querySelector<HTMLElement>(selector)
  if (found === null) throw new Error(`There is no ${selector}.`)
  return found
}

const showing = (state: UploadItem['state']) => exampleControl([exampleItem(state, { id: 'one' })])

const uploading = (loadedBytes: number) =>
  exampleControl([exampleItem({ ...exampleStates.uploading, loadedBytes }, { id: 'one' })])

describe('adding', () => {
  it('asks the picker only for what the policy takes', () => {
    const { input } = show(exampleControl([]))
    const types = 'image/jpeg,image/png,image/webp,image/gif,image/svg+xml'
    expect(input.getAttribute('accept')).toBe(types)
    expect(input.hasAttribute('multiple')).toBe(true)
  })

  it('asks for one file where one fits', () => {
    const { input } = show(exampleControl([], { maxFiles: 1 }))
    expect(input.hasAttribute('multiple')).toBe(false)
    expect(screen.getByRole('button', { name: 'Choose a photo' })).toBeTruthy()
  })

  it('lets the same file be picked twice in a row', async () => {
    const { input } = show(exampleControl([]))
    if (!(input instanceof HTMLInputElement)) throw new Error('It is no input.')
    const cleared = vi.spyOn(input, 'value', 'set')
    await userEvent.click(screen.getByRole('button', { name: 'Choose photos' }))
    expect(cleared).toHaveBeenCalledWith('')
  })

  it('adds what is dropped, and shows that it would', () => {
    const add = vi.fn(() => 0)
    const { container } = show(exampleControl([], { add }))
    const zone = findIn(container, ZONE)
    const dataTransfer = { types: ['Files'], files: [beach] }
    fireEvent.dragOver(zone, { dataTransfer })
    expect(zone.hasAttribute('data-dragging')).toBe(true)
    fireEvent.drop(zone, { dataTransfer })
    expect(zone.hasAttribute('data-dragging')).toBe(false)
    expect(add).toHaveBeenCalledWith([beach])
  })

  it('leaves dragged text alone', () => {
    const add = vi.fn(() => 0)
    const { container } = show(exampleControl([], { add }))
    const zone = findIn(container, ZONE)
    fireEvent.drop(zone, { dataTransfer: { types: ['text/plain'], files: [] } })
    expect(add).not.toHaveBeenCalled()
  })

  it('keeps the page when a file is dropped beside the zone', () => {
    show(exampleControl([]))
    const drop = createEvent.drop(document.body, { dataTransfer: { types: ['Files'] } })
    fireEvent(document.body, drop)
    expect(drop.defaultPrevented).toBe(true)
  })

  it('takes a paste only while the keyboard is inside', () => {
    const add = vi.fn(() => 0)
    show(exampleControl([], { add }))
    const clipboardData = { files: [beach] }
    fireEvent.paste(document, { clipboardData })
    expect(add).not.toHaveBeenCalled()
    screen.getByRole('button', { name: 'Choose photos' }).focus()
    fireEvent.paste(document, { clipboardData })
    expect(add).toHaveBeenCalledWith([beach])
  })
})

describe('ways out', () => {
  it.each([
    ['Try again', 'retry', exampleStates['not-uploaded']],
    ['Try again', 'retry', exampleStates['draft-saved']],
    ['Remove', 'remove', exampleStates['not-uploaded']],
    ['Discard', 'remove', exampleStates['draft-saved']],
    ['Cancel', 'remove', exampleStates.uploading],
    ['Cancel', 'remove', exampleStates.relaying],
    ['Remove', 'remove', exampleStates.parked],
    ['Check now', 'checkNow', exampleStates['still-checking']],
    ['Upload', 'retry', exampleStates.restored],
  ] as const)('%s calls %s', async (label, method, state) => {
    const called = vi.fn()
    const { container } = show(
      exampleControl([exampleItem(state, { id: 'one' })], { [method]: called }),
    )
    await userEvent.click(screen.getByRole('button', { name: `${label}, beach.jpg` }))
    expect(called).toHaveBeenCalledWith('one')
    expect(container.querySelectorAll('li input[type=file]')).toHaveLength(0)
  })

  it('puts another file in the place of one that will not do', async () => {
    const replace = vi.fn()
    const item = exampleItem(exampleStates.rejected, { id: 'one' })
    const { container } = show(exampleControl([item], { replace }))
    await userEvent.upload(findIn(container, `li ${INPUT}`), beach)
    expect(replace).toHaveBeenCalledWith('one', beach)
  })

  it('offers to sign in where the app can, and to try again where it cannot', async () => {
    const item = exampleItem(exampleFailure('unauthenticated'))
    const onSignIn = vi.fn()
    const { unmount } = show(exampleControl([item]), onSignIn)
    await userEvent.click(screen.getByRole('button', { name: 'Sign in, beach.jpg' }))
    expect(onSignIn).toHaveBeenCalledWith(item)
    unmount()
    show(exampleControl([item]))
    expect(screen.queryByRole('button', { name: 'Sign in, beach.jpg' })).toBeNull()
    expect(screen.getByRole('button', { name: 'Try again, beach.jpg' })).toBeTruthy()
  })
})

describe('keyboard', () => {
  it('does not take the focus from somebody who is elsewhere', () => {
    const { update } = show(exampleControl([exampleItem(exampleStates.uploading, { id: 'one' })]))
    screen.getByRole('button', { name: 'Choose photos' }).focus()
    update(exampleControl([exampleItem(exampleStates['not-uploaded'], { id: 'one' })]))
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose photos' }))
  })

  it('waits on the row when a button goes away that nobody pressed', () => {
    const { update } = show(exampleControl([exampleItem(exampleStates.uploading, { id: 'one' })]))
    screen.getByRole('button', { name: 'Cancel, beach.jpg' }).focus()
    update(exampleControl([exampleItem(exampleStates['not-uploaded'], { id: 'one' })]))
    expect(document.activeElement).toBe(screen.getByRole('listitem'))
  })
})

describe('haste', () => {
  it('takes one row away for a double click, not the next one with it', async () => {
    const remove = vi.fn()
    const { container } = show(
      exampleControl([exampleItem(exampleStates.uploading, { id: 'one' })], { remove }),
    )
    await userEvent.dblClick(findIn(container, '[data-way="cancel"]'))
    expect(remove).toHaveBeenCalledTimes(1)
  })

  it('takes one row away however long Enter is held', () => {
    show(exampleControl([exampleItem(exampleStates.uploading, { id: 'one' })]))
    const button = screen.getByRole('button', { name: 'Cancel, beach.jpg' })
    expect(fireEvent.keyDown(button, { key: 'Enter' })).toBe(true)
    expect(fireEvent.keyDown(button, { key: 'Enter', repeat: true })).toBe(false)
  })
})

describe('announcements', () => {
  it('are made anew when a second failure has the words of the first', () => {
    const failed = exampleStates['not-uploaded']
    const { update } = show(showing(exampleStates.preparing))
    update(showing(failed))
    const first = screen.getByRole('status').firstChild
    update(showing(exampleStates.preparing))
    update(showing({ ...failed }))
    const second = screen.getByRole('status').firstChild
    expect(second?.textContent).toBe(first?.textContent)
    expect(second).not.toBe(first)
  })
})

const relaying = (loadedBytes: number) => showing({ ...exampleStates.relaying, loadedBytes })

const findBar = () => screen.queryByRole('progressbar', { name: 'Taking another route, beach.jpg' })

describe('progress', () => {
  it('is measured on the way to our server, until that has all the bytes and must answer', () => {
    const { update } = show(relaying(2_600_000))
    expect(findBar()?.getAttribute('value')).toBe('2600000')
    expect(findBar()?.getAttribute('aria-valuetext')).toBe('2.6 of 4.0 MB')
    update(relaying(4_000_000))
    expect(findBar()).not.toBeNull()
    expect(findBar()?.hasAttribute('value')).toBe(false)
  })

  it('is not shown of what is parked: nothing moves here', () => {
    show(showing(exampleStates.parked))
    expect(screen.queryByRole('progressbar')).toBeNull()
  })
})

describe('thumbnail', () => {
  it('makes one object URL however often progress is told, and revokes it', () => {
    const { update, unmount } = show(uploading(0))
    update(uploading(1_000_000))
    update(uploading(2_000_000))
    expect(createObjectURL).toHaveBeenCalledTimes(1)
    unmount()
    expect(revokeObjectURL).toHaveBeenCalledTimes(1)
  })
})

it('changes the words when the retry time has come', () => {
  vi.useFakeTimers({ now: exampleNow })
  const upload = exampleControl([exampleItem(exampleStates['not-uploaded'])])
  const { rerender } = render(<ImageUploadArea upload={upload} />)
  expect(screen.getByText(/Try again at 14:32\./)).toBeTruthy()
  act(() => void vi.advanceTimersByTime(2 * 60_000 + 1))
  rerender(<ImageUploadArea upload={upload} />)
  expect(screen.getByText(/You can try again now\./)).toBeTruthy()
})

describe('a list of 500', () => {
  it('draws one row for a tick of progress, though the app hands in new handlers each time', () => {
    const drawn = vi.fn(en.progress.name)
    const words = { ...en, progress: { ...en.progress, name: drawn } }
    const rows = Array.from({ length: 500 }, (_, row) =>
      exampleItem(exampleStates.uploading, { id: String(row) }),
    )
    const control = exampleControl(rows)
    const area = (upload: UploadControl) => (
      <ImageUploadArea upload={upload} clock={exampleClock} words={words} onSignIn={() => {}} />
    )
    const { rerender } = render(area(control))
    expect(drawn).toHaveBeenCalledTimes(500)

    drawn.mockClear()
    const moved = exampleItem({ ...exampleStates.uploading, loadedBytes: 2e6 }, { id: '7' })
    rerender(area({ ...control, items: rows.with(7, moved) }))
    expect(drawn).toHaveBeenCalledTimes(1)
  })
})
