import { act, cleanup, render, screen } from '@testing-library/react'
import { useActionState } from 'react'
import type { ReactNode } from 'react'
import { Controller, useForm } from 'react-hook-form'
import { afterEach, describe, expect, it } from 'vitest'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader } from '../test-support/make-uploader.ts'
import { useScriptedUpload } from '../test-support/use-scripted-upload.ts'
import { ImageUploadField } from './image-upload-field.tsx'

afterEach(cleanup)

interface Album {
  readonly photos: readonly string[]
}

interface AlbumFormProps {
  readonly scripted: ScriptedUploader
  readonly onSend: (album: Album) => void
}

function start(): ScriptedUploader {
  const scripted = makeUploader()
  scripted.uploader.start()
  return scripted
}

async function add({ uploader, clock }: ScriptedUploader): Promise<void> {
  await act(async () => {
    uploader.add([makePng()])
    await clock.settle()
  })
}

async function send(): Promise<void> {
  await act(async () => {
    screen.getByRole('button', { name: 'Send' }).click()
    await new Promise((resolve) => setTimeout(resolve, 50))
  })
}

const ids = (): FormDataEntryValue[] => new FormData(screen.getByRole('form')).getAll('photos')

describe('React Hook Form, by Controller', () => {
  it('gets the ids', async () => {
    const scripted = start()
    const albums: Album[] = []
    render(<ControlledAlbum scripted={scripted} onSend={(album) => albums.push(album)} />)
    await add(scripted)
    await send()
    expect(albums).toEqual([{ photos: ['a', 'img-1'] }])
  })

  it('shows its own words and finds the button', async () => {
    const albums: Album[] = []
    render(<ControlledAlbum scripted={start()} onSend={(album) => albums.push(album)} />)
    act(() => screen.getByRole('button', { name: 'Remove, Photo 1' }).click())
    await send()
    expect(albums).toEqual([])
    expect(screen.getByText('An album needs a photo.')).toBeDefined()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Choose photos' }))
  })

  it('starts over', async () => {
    const scripted = start()
    render(<ControlledAlbum scripted={scripted} onSend={() => undefined} />)
    await add(scripted)
    expect(ids()).toEqual(['a', 'img-1'])
    await act(async () => screen.getByRole('button', { name: 'Start over' }).click())
    expect(ids()).toEqual(['a'])
  })
})

describe('React Hook Form, by register', () => {
  it('gets the ids as a list', async () => {
    const scripted = start()
    const albums: Album[] = []
    render(<RegisteredAlbum scripted={scripted} onSend={(album) => albums.push(album)} />)
    await add(scripted)
    await send()
    expect(albums).toEqual([{ photos: ['a', 'img-1'] }])
  })

  it('hears when the keyboard leaves the field', async () => {
    render(<RegisteredAlbum scripted={start()} onSend={() => undefined} />)
    expect(screen.getByText('untouched')).toBeDefined()
    act(() => screen.getByRole('button', { name: 'Choose photos' }).focus())
    act(() => screen.getByRole('button', { name: 'Send' }).focus())
    expect(await screen.findByText('touched')).toBeDefined()
  })
})

describe('a server action', () => {
  it('gets the ids, and the field is empty again when it has taken them', async () => {
    const scripted = start()
    const got: unknown[] = []
    const action = async (_: Album, data: FormData): Promise<Album> => {
      got.push(data.getAll('photos'))
      return { photos: [] }
    }
    render(<ActionAlbum scripted={scripted} action={action} />)
    await add(scripted)
    await send()
    expect(got).toEqual([['img-1']])
    expect(ids()).toEqual([])
  })

  it('keeps the photos that it gives back', async () => {
    const scripted = start()
    render(<ActionAlbum scripted={scripted} action={giveBack} />)
    await add(scripted)
    await send()
    expect(ids()).toEqual(['img-1'])
  })
})

function ControlledAlbum({ scripted, onSend }: AlbumFormProps): ReactNode {
  const upload = useScriptedUpload(scripted)
  const { control, handleSubmit, reset } = useForm<Album>({ defaultValues: { photos: ['a'] } })
  return (
    <form aria-label="Album" noValidate onSubmit={handleSubmit(onSend)}>
      <Controller
        name="photos"
        control={control}
        rules={{ validate: (photos) => photos.length > 0 || 'An album needs a photo.' }}
        render={({ field: { ref, onChange, ...field }, fieldState }) => (
          <ImageUploadField
            {...field}
            inputRef={ref}
            onValueChange={onChange}
            upload={upload}
            error={fieldState.error?.message}
          />
        )}
      />
      <button type="submit">Send</button>
      <button type="button" onClick={() => reset()}>
        Start over
      </button>
    </form>
  )
}

function RegisteredAlbum({ scripted, onSend }: AlbumFormProps): ReactNode {
  const { register, handleSubmit, formState } = useForm<Album>({
    defaultValues: { photos: ['a'] },
  })
  const { ref, ...field } = register('photos')
  return (
    <form aria-label="Album" onSubmit={handleSubmit(onSend)}>
      <ImageUploadField
        {...field}
        inputRef={ref}
        defaultValue={formState.defaultValues?.photos?.filter((id) => id !== undefined)}
        upload={useScriptedUpload(scripted)}
      />
      <output>{formState.touchedFields.photos ? 'touched' : 'untouched'}</output>
      <button type="submit">Send</button>
    </form>
  )
}

interface ActionProps {
  readonly scripted: ScriptedUploader
  readonly action: (before: Album, data: FormData) => Promise<Album>
}

function ActionAlbum({ scripted, action }: ActionProps): ReactNode {
  const [album, act_, pending] = useActionState(action, { photos: [] })
  return (
    <form aria-label="Album" action={act_}>
      <ImageUploadField
        name="photos"
        upload={useScriptedUpload(scripted)}
        defaultValue={album.photos}
        disabled={pending}
      />
      <button type="submit">Send</button>
    </form>
  )
}

async function giveBack(_: Album, data: FormData): Promise<Album> {
  return { photos: data.getAll('photos').map(String) }
}
