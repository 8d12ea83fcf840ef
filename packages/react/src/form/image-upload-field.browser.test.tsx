import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode, useState } from 'react'
import type { ReactNode } from 'react'
import { afterEach, describe, expect, it } from 'vitest'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader, UploaderScript } from '../test-support/make-uploader.ts'
import { useScriptedUpload } from '../test-support/use-scripted-upload.ts'
import { exampleControl, exampleItem } from '../upload/examples.ts'
import type { ImageUploadFieldProps } from './field-props.ts'
import { ImageUploadField } from './image-upload-field.tsx'

afterEach(cleanup)

type FieldProps = Omit<ImageUploadFieldProps, 'upload' | 'ref'>

function Field(props: FieldProps & { readonly scripted: ScriptedUploader }): ReactNode {
  const { scripted, ...others } = props
  return <ImageUploadField {...others} name="photos" upload={useScriptedUpload(scripted)} />
}

/** Two images, one after the other. */
function start(script: UploaderScript = {}): ScriptedUploader {
  const ids = ['img-1', 'img-2']
  const scripted = makeUploader({
    replies: {
      start: ids.map((id) => ({ image: makeImage('pending', { id }), way: 'direct' })),
      complete: ids.map((id) => ({ image: makeImage('ready', { id }) })),
    },
    ...script,
  })
  scripted.uploader.start()
  return scripted
}

async function add(scripted: ScriptedUploader, name = 'cat.png'): Promise<void> {
  await act(async () => {
    scripted.uploader.add([makePng(name)])
    await scripted.clock.settle()
  })
}

/** A form that counts how often it was sent. */
function Form({ children }: { readonly children: ReactNode }): ReactNode {
  const [sent, setSent] = useState(0)
  return (
    <form
      aria-label="Album"
      data-sent={sent}
      onSubmit={(event) => {
        event.preventDefault()
        setSent(sent + 1)
      }}
    >
      {children}
      <button type="submit">Send</button>
    </form>
  )
}

const form = (): HTMLFormElement => screen.getByRole('form')
const sent = (): string | null => form().getAttribute('data-sent')
const send = (): void => act(() => form().requestSubmit())
const reset = (): void => act(() => form().reset())
const ids = (): FormDataEntryValue[] => new FormData(form()).getAll('photos')
const trigger = (): HTMLElement => screen.getByRole('button', { name: 'Choose photos' })
const nextTask = (): Promise<void> =>
  act(() => new Promise<void>((resolve) => setTimeout(resolve, 20)))

describe('what is sent', () => {
  it('is an id for each image, also when its row has left the list', async () => {
    const scripted = start()
    render(
      <Form>
        <Field scripted={scripted} />
      </Form>,
      { wrapper: StrictMode },
    )
    await add(scripted)
    expect(ids()).toEqual(['img-1'])
    await add(scripted, 'dog.png')
    await act(() => scripted.clock.advance(4000))
    expect(scripted.statuses()).toEqual([])
    expect(ids()).toEqual(['img-1', 'img-2'])
    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      'cat.pngUploadedRemove',
      'dog.pngUploadedRemove',
    ])
  })

  it('is what was there before, less what is taken out', () => {
    const images = [makeImage('ready', { id: 'a', filename: 'pier.jpg' })]
    render(
      <Form>
        <Field scripted={start()} defaultValue={['a', 'b']} images={images} />
      </Form>,
    )
    expect(ids()).toEqual(['a', 'b'])
    act(() => screen.getByRole('button', { name: 'Remove, pier.jpg' }).click())
    expect(ids()).toEqual(['b'])
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove, Photo 1' }))
    expect(screen.getAllByRole('status').map(({ textContent }) => textContent)).toContain(
      'pier.jpg removed.',
    )
    act(() => screen.getByRole('button', { name: 'Remove, Photo 1' }).click())
    expect(document.activeElement).toBe(trigger())
  })

  it('is the new photo alone where there is room for one', async () => {
    const scripted = start({ maxFiles: 1 })
    render(
      <Form>
        <Field scripted={scripted} defaultValue={['old']} />
      </Form>,
    )
    await add(scripted)
    expect(ids()).toEqual(['img-1'])
  })

  it('is no more than fit beside those that are there', () => {
    const scripted = start({ maxFiles: 2 })
    render(
      <Form>
        <Field scripted={scripted} defaultValue={['old']} />
      </Form>,
    )
    const [input] = document.querySelectorAll<HTMLInputElement>('input[type=file]')
    const files = [makePng('one.png'), makePng('two.png')]
    act(() => void fireEvent.change(input ?? document.body, { target: { files } }))
    expect(scripted.uploader.getState().map(({ name }) => name)).toEqual(['one.png'])
    expect(document.body.textContent).toContain('There is room for 2 photos. 1 was left out.')
  })

  it('is nothing while the field is disabled, and then nothing can be dropped in', () => {
    const scripted = start()
    render(
      <Form>
        <fieldset disabled>
          <Field scripted={scripted} defaultValue={['a']} required />
        </fieldset>
      </Form>,
    )
    const dataTransfer = new DataTransfer()
    dataTransfer.items.add(makePng())
    const zone = document.querySelector('[data-slot="image-upload-drop-zone"]') ?? document.body
    act(() => void fireEvent.drop(zone, { dataTransfer }))
    expect(scripted.uploader.getState()).toEqual([])
    expect(ids()).toEqual([])
    expect(trigger().matches(':disabled')).toBe(true)
    send()
    expect(sent()).toBe('1')
  })
})

describe('a form that cannot be sent yet', () => {
  it('says that a photo is missing, at the button that mends it', async () => {
    const scripted = start()
    render(
      <Form>
        <Field scripted={scripted} required />
      </Form>,
    )
    expect(document.body.textContent).not.toContain('Choose at least one photo.')
    send()
    await nextTask()
    expect(sent()).toBe('0')
    expect(document.activeElement).toBe(trigger())
    const described = trigger().getAttribute('aria-describedby')?.split(' ') ?? []
    const words = described.map((id) => document.querySelector(`[id="${id}"]`)?.textContent)
    expect(words).toContain('Choose at least one photo.')
    await add(scripted)
    expect(document.body.textContent).not.toContain('Choose at least one photo.')
    send()
    expect(sent()).toBe('1')
  })

  it('says its words by the rules of the browser too', () => {
    render(
      <Form>
        <Field scripted={start()} required />
      </Form>,
    )
    const control = document.querySelector('select')
    expect(control?.validationMessage).toBe('Choose at least one photo.')
    expect(control?.matches(':invalid')).toBe(true)
    expect(form().checkValidity()).toBe(false)
    expect(control?.getAttribute('aria-invalid')).toBe('false')
  })

  it('leaves the keyboard to a field in need before it, and takes it from one after it', async () => {
    render(
      <Form>
        <input aria-label="Title" required />
        <Field scripted={start()} required />
        <input aria-label="Place" required />
      </Form>,
    )
    send()
    await nextTask()
    expect(document.activeElement).toBe(screen.getByLabelText('Title'))
    fireEvent.change(screen.getByLabelText('Title'), { target: { value: 'Sea' } })
    send()
    await nextTask()
    expect(document.activeElement).toBe(trigger())
  })

  it('waits for photos on their way, and says so', async () => {
    const scripted = start({ transfers: [[{ type: 'wait', ms: 1000 }, { type: 'arrive' }]] })
    render(
      <Form>
        <Field scripted={scripted} />
      </Form>,
    )
    await add(scripted)
    send()
    await nextTask()
    expect(sent()).toBe('0')
    const words = '1 photo is still on its way. Send the form again in a moment.'
    expect(document.body.textContent).toContain(words)
    await act(() => scripted.clock.advance(1000))
    expect(document.body.textContent).not.toContain(words)
    send()
    expect([sent(), ids()]).toEqual(['1', ['img-1']])
  })

  it('does not leave a failed photo behind in silence', async () => {
    const scripted = start({ transfers: [[{ type: 'fail', code: 'transfer_interrupted' }]] })
    render(
      <Form>
        <Field scripted={scripted} />
      </Form>,
    )
    await add(scripted)
    await act(() => scripted.clock.advance(600_000))
    send()
    expect(sent()).toBe('0')
    expect(document.body.textContent).toContain(
      '1 photo has not been uploaded. Try again or remove it.',
    )
  })

  it('is sent all the same where the app allows it', async () => {
    const scripted = start({ transfers: [[{ type: 'wait', ms: 1000 }, { type: 'arrive' }]] })
    render(
      <Form>
        <Field scripted={scripted} whileUnfinished="submit" />
      </Form>,
    )
    await add(scripted)
    send()
    expect([sent(), ids()]).toEqual(['1', []])
  })
})

describe('a photo that our server keeps for later', () => {
  const parked = { image: makeImage('parked', { id: 'img-1' }), way: null }
  const park = (status: UploaderScript['replies'] = {}): ScriptedUploader =>
    start({ replies: { start: [parked], status: [{ image: parked.image }], ...status } })

  it('holds nothing back: it is sent with the form, and is the app’s then', async () => {
    const scripted = park()
    render(
      <Form>
        <Field scripted={scripted} required />
      </Form>,
    )
    await add(scripted)
    expect(scripted.statuses()).toEqual(['parked'])
    send()
    expect([sent(), ids()]).toEqual(['1', ['img-1']])
    expect(scripted.statuses()).toEqual([])
    expect(screen.getAllByRole('listitem').map((row) => row.textContent)).toEqual([
      'cat.pngSaved, it will finish by itselfRemove',
    ])
    reset()
    await act(() => scripted.clock.advance(60_000))
    expect(scripted.routes.requests.map(({ route }) => route)).not.toContain('remove')
    expect(ids()).toEqual([])
  })

  it('leaves the value when it comes to nothing, and holds the form back as a failure', async () => {
    const scripted = park({ status: [{ image: makeImage('expired', { id: 'img-1' }) }] })
    render(
      <Form>
        <Field scripted={scripted} />
      </Form>,
    )
    await add(scripted)
    expect(ids()).toEqual(['img-1'])
    await act(() => scripted.clock.advance(60_000))
    expect(ids()).toEqual([])
    send()
    expect(sent()).toBe('0')
  })

  it('gives its place back to the photo that was there before it', async () => {
    const scripted = start({ maxFiles: 1, replies: { start: [parked], status: ['offline'] } })
    render(
      <Form>
        <Field scripted={scripted} defaultValue={['old']} />
      </Form>,
    )
    await add(scripted)
    expect(ids()).toEqual(['img-1'])
    act(() => screen.getByRole('button', { name: /cat\.png/ }).click())
    expect(ids()).toEqual(['old'])
  })
})

describe('a reset', () => {
  it('clears what was added, and brings back what was there', async () => {
    const scripted = start({ transfers: [[{ type: 'arrive' }], []] })
    render(
      <Form>
        <Field scripted={scripted} defaultValue={['a']} />
      </Form>,
    )
    await add(scripted)
    await add(scripted, 'dog.png')
    expect(ids()).toEqual(['a', 'img-1'])
    reset()
    await nextTask()
    expect(scripted.statuses()).toEqual([])
    expect(ids()).toEqual(['a'])
    reset()
    await nextTask()
    expect(ids()).toEqual(['a'])
  })

  it('hides the words about what was missing', async () => {
    render(
      <Form>
        <Field scripted={start()} required />
      </Form>,
    )
    send()
    expect(document.body.textContent).toContain('Choose at least one photo.')
    reset()
    await nextTask()
    expect(document.body.textContent).not.toContain('Choose at least one photo.')
  })

  it('changes nothing when the app calls it off', async () => {
    const scripted = start()
    render(
      <Form>
        <Field scripted={scripted} />
      </Form>,
    )
    await add(scripted)
    form().addEventListener('reset', (event) => event.preventDefault())
    reset()
    expect(ids()).toEqual(['img-1'])
  })
})

describe('a value that the app holds', () => {
  it('is changed by the app alone', async () => {
    const scripted = start()
    const asked: (readonly string[])[] = []
    const field = (
      <Field scripted={scripted} value={['a']} onValueChange={(next) => asked.push(next)} />
    )
    render(<Form>{field}</Form>)
    await add(scripted)
    expect(asked).toEqual([['a', 'img-1']])
    expect(ids()).toEqual(['a'])
  })

  it('gets two photos that arrive at once', () => {
    const asked: (readonly string[])[] = []
    const items = ['img-1', 'img-2'].map((id) =>
      exampleItem({ status: 'done', image: makeImage('ready', { id }) }, { id }),
    )
    const field = (
      <ImageUploadField
        upload={exampleControl(items)}
        value={[]}
        onValueChange={(next) => asked.push(next)}
      />
    )
    render(field, { wrapper: StrictMode })
    expect(asked).toEqual([['img-1', 'img-2']])
  })
})
