import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CropProps } from '../crop/crop-props.ts'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { describePart } from '../test-support/describe-part.tsx'
import { makeImage } from '../testing/make-image.ts'
import { makePng } from '../test-support/make-uploader.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createScriptedRoutes } from '../test-support/scripted-routes.ts'
import { createScriptedTransport } from '../testing/scripted-transport.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'
import { exampleClock, exampleControl, exampleItem, exampleStates } from '../upload/examples.ts'
import type { UploadState } from '../upload/upload-state.ts'
import { AvatarUpload } from './avatar-upload.ts'
import type { AvatarUploadRootProps } from './avatar-upload-root.tsx'
import { useAvatarUpload } from './use-avatar-upload.ts'
import type { AvatarChange, AvatarUploadControl, AvatarUploadOptions } from './use-avatar-upload.ts'

// jsdom makes no object URLs.
const urls = { createObjectURL: () => 'blob:chosen', revokeObjectURL: () => undefined }
beforeEach(() => void Object.assign(URL, urls))
afterEach(cleanup)

const nothing = (): void => undefined

function controlOf(state: UploadState): AvatarUploadControl {
  const item = exampleItem(state)
  return {
    upload: exampleControl([item], { maxFiles: 1 }),
    item,
    value: 'img_ada',
    look: '/ada.jpg',
    canUndo: false,
    undo: nothing,
    remove: nothing,
    pick: nothing,
  }
}

const inRoot =
  (state: UploadState) =>
  (part: ReactElement): ReactElement => (
    <AvatarUpload.Root avatar={controlOf(state)} name="Ada Lovelace" clock={exampleClock}>
      {part}
    </AvatarUpload.Root>
  )

const own = { avatar: controlOf(exampleStates.uploading), name: 'Ada Lovelace' }
const itself = (part: ReactElement): ReactElement => part
describePart('AvatarUpload.Root', AvatarUpload.Root, { props: own, within: itself })
describePart('AvatarUpload.Area', AvatarUpload.Area, { props: own, within: itself })
const failed = { props: {}, within: inRoot(exampleStates['not-uploaded']) }
describePart('AvatarUpload.Trigger', AvatarUpload.Trigger, failed)
describePart('AvatarUpload.Status', AvatarUpload.Status, failed)
describePart('AvatarUpload.Actions', AvatarUpload.Actions, failed)
describePart('AvatarUpload.Progress', AvatarUpload.Progress, {
  props: {},
  within: inRoot(exampleStates.uploading),
})
describePart('AvatarUpload.Badge', AvatarUpload.Badge, {
  props: {},
  within: inRoot(exampleStates.rejected),
})

interface Script extends Partial<AvatarUploadOptions> {
  readonly crop?: AvatarUploadRootProps['crop']
}

const arrive: readonly (readonly TransferStep[])[] = [[{ type: 'arrive' }]]
const stall: readonly (readonly TransferStep[])[] = [[{ type: 'wait', ms: 60_000 }]]

/** Draws a real avatar upload in a scripted world, and remembers what the app was told. */
function setUp(script: Script = {}, transfers = arrive) {
  const clock = createManualClock()
  const changes: [string | null, AvatarChange['reason'], string | null][] = []
  const { crop, ...options } = script
  const steady: AvatarUploadOptions = {
    endpoint: 'https://app.test/images',
    drafts: createMemoryDrafts({ now: clock.now }),
    transport: createScriptedTransport(transfers, { sleep: clock.sleep }),
    fetch: createScriptedRoutes({
      start: [{ image: makeImage('pending'), way: 'direct' }],
      complete: [{ image: makeImage('ready') }],
    }).fetch,
    surroundings: { now: clock.now, sleep: clock.sleep },
    doneMs: null,
    onValueChange: (value, { reason, previous }) => changes.push([value, reason, previous]),
    ...options,
  }
  function Profile(): ReactElement {
    const avatar = useAvatarUpload(steady)
    return <AvatarUpload.Area avatar={avatar} name="Ada" {...(crop && { crop })} />
  }
  const { container } = render(<Profile />)
  return {
    clock,
    changes,
    choose: async (file = makePng()): Promise<void> => {
      const input = container.querySelector('input[type=file]')
      if (input instanceof HTMLInputElement)
        await userEvent.upload(input, file, { applyAccept: false })
    },
    source: () => container.querySelector('[data-slot=avatar-image]')?.getAttribute('src'),
    status: () =>
      container.querySelector('[data-slot=avatar-upload-root]')?.getAttribute('data-status'),
  }
}

const press = (name: RegExp): Promise<void> => userEvent.click(screen.getByRole('button', { name }))

describe('AvatarUpload', () => {
  it('shows the chosen picture at once, uploads it and tells its id', async () => {
    const { choose, changes, source, status } = setUp({ defaultValue: 'old', src: '/old.jpg' })
    expect(source()).toBe('/old.jpg')
    await choose()
    await waitFor(() => expect(source()).toBe('blob:chosen'))
    await waitFor(() => expect(status()).toBe('done'))
    expect(changes).toEqual([['img-1', 'uploaded', 'old']])
    expect(source()).toBe('blob:chosen')
  })

  it('goes back to the picture before, and tells its id', async () => {
    const { choose, changes, source, status } = setUp({ defaultValue: 'old', src: '/old.jpg' })
    await choose()
    await waitFor(() => expect(status()).toBe('done'))
    await press(/^Undo/u)
    expect(source()).toBe('/old.jpg')
    expect(changes.at(-1)).toEqual(['old', 'undone', 'img-1'])
    expect(screen.getByRole('status').textContent).toBe('The photo of Ada is as it was.')
  })

  it('cancels what is on its way, and keeps the picture before', async () => {
    const { choose, changes, source, status } = setUp(
      { defaultValue: 'old', src: '/old.jpg' },
      stall,
    )
    await choose()
    await waitFor(() => expect(status()).toBe('uploading'))
    await press(/^Cancel/u)
    expect([source(), status(), changes]).toEqual(['/old.jpg', 'set', []])
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Change/u })),
    )
  })

  it('removes the picture, and brings it back', async () => {
    const { changes, source } = setUp({ defaultValue: 'old', src: '/old.jpg' })
    await press(/^Remove/u)
    expect(source()).toBeUndefined()
    await press(/^Undo/u)
    expect(source()).toBe('/old.jpg')
    expect(changes).toEqual([
      [null, 'removed', 'old'],
      ['old', 'undone', null],
    ])
  })

  it('leaves the value to an app that holds it', async () => {
    const { changes, source } = setUp({ value: 'old', src: '/old.jpg' })
    await press(/^Remove/u)
    expect(changes).toEqual([[null, 'removed', 'old']])
    expect(source()).toBe('/old.jpg')
  })

  it('keeps the picture before when the file will not do, and says why', async () => {
    const { choose, source, status } = setUp({ defaultValue: 'old', src: '/old.jpg' })
    await choose(new File(['no picture'], 'notes.txt', { type: 'image/png' }))
    await waitFor(() => expect(status()).toBe('rejected'))
    expect(source()).toBe('/old.jpg')
    expect(screen.getByRole('button', { name: 'Choose another, notes.txt' })).toBeDefined()
  })

  it('takes a dropped file', async () => {
    const { status } = setUp()
    const zone = screen.getByRole('button').parentElement ?? document.body
    fireEvent.drop(zone, { dataTransfer: { types: ['Files'], files: [makePng()] } })
    await waitFor(() => expect(status()).toBe('done'))
  })

  it('takes a pasted file while the keyboard is in it, and none for another', async () => {
    const { status } = setUp()
    const clipboardData = { files: [makePng()] }
    fireEvent.paste(document.body, { clipboardData })
    expect(status()).toBe('none')
    screen.getByRole('button').focus()
    fireEvent.paste(document.body, { clipboardData })
    await waitFor(() => expect(status()).toBe('done'))
  })

  it('hands the file to the cropper first, and uploads what comes back', async () => {
    const { choose, status, changes } = setUp({ crop: CropAtOnce })
    await choose(makePng('whole.png'))
    expect(status()).toBe('none')
    await press(/^Crop whole\.png/u)
    await waitFor(() => expect(status()).toBe('done'))
    expect(changes).toHaveLength(1)
  })

  it('uploads nothing when cropping is cancelled', async () => {
    const { choose, status } = setUp({ crop: CropAtOnce })
    await choose()
    await press(/^Not now/u)
    expect([status(), screen.queryByText(/Not now/u)]).toEqual(['none', null])
  })

  it('names the parent that a part misses', () => {
    vi.spyOn(console, 'error').mockReturnValue()
    expect(() => render(<AvatarUpload.Status />)).toThrow(
      'AvatarUpload.Status must be inside AvatarUpload.Root',
    )
  })
})

function CropAtOnce({ file, onCrop, onCancel }: CropProps): ReactElement {
  return (
    <>
      <button onClick={() => onCrop(makePng('cropped.png'))}>Crop {file.name}</button>
      <button onClick={onCancel}>Not now</button>
    </>
  )
}
