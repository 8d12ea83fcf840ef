import { StrictMode, Suspense, use } from 'react'
import type { ReactNode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToReadableStream } from 'react-dom/server'
import { afterEach, expect, it, vi } from 'vitest'
import { Avatar } from './avatar/avatar.ts'
import { AvatarUploadArea } from './avatar-upload/avatar-upload-area.tsx'
import { useAvatarUpload } from './avatar-upload/use-avatar-upload.ts'
import { ImageUploadField } from './form/image-upload-field.tsx'
import { exampleGalleries, exampleGallery, exampleImage } from './grid/example-images.ts'
import { ImageGridArea } from './grid/image-grid-area.tsx'
import { Picture } from './picture/picture.tsx'
import { exampleUrl } from './upload/example-picture.ts'
import { exampleClock, exampleControl, exampleItem, exampleStates } from './upload/examples.ts'
import { ImageUploadArea } from './upload/image-upload-area.tsx'
import { useImageUpload } from './upload/use-image-upload.ts'

afterEach(() => document.body.replaceChildren())

const retry = vi.fn<(id: string) => void>()
const draft = exampleItem(exampleStates['draft-saved'], { id: 'one' })
const example = exampleControl([draft], { retry })
const gallery = exampleGallery(exampleGalleries.ready)

/** What an app has at hand when it answers, and a part whose data come later. */
function Page({ data }: { readonly data: Promise<string> }): ReactNode {
  return (
    <StrictMode>
      <div>
        <Avatar.Root name="Ada Lovelace" src={exampleUrl}>
          <Avatar.Image />
          <Avatar.Fallback />
        </Avatar.Root>
        <Suspense fallback={<p>One moment</p>}>
          <Album data={data} />
        </Suspense>
      </div>
    </StrictMode>
  )
}

function Album({ data }: { readonly data: Promise<string> }): ReactNode {
  const name = use(data)
  const upload = useImageUpload({ endpoint: '/api/images', kind: 'photo' })
  const avatar = useAvatarUpload({ endpoint: '/api/images' })
  return (
    <main>
      <h1>{name}</h1>
      <Picture image={exampleImage(1)} alt="Low tide" />
      <ImageUploadArea upload={upload} />
      <ImageUploadArea upload={example} clock={exampleClock} />
      <ImageUploadField upload={exampleControl([])} name="photos" defaultValue={['a']} />
      <AvatarUploadArea avatar={avatar} name="Ada Lovelace" />
      <ImageGridArea images={gallery} />
    </main>
  )
}

/** A document that is written piece by piece, as one that arrives from a server. */
function openDocument(): Document {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const page = frame.contentDocument
  if (page === null) throw new Error('A frame has a document.')
  page.open()
  page.write('<!doctype html><body><div id="root">')
  return page
}

async function write(page: Document, stream: ReadableStream<Uint8Array>): Promise<void> {
  const pieces = stream.getReader()
  const decoder = new TextDecoder()
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    page.write(decoder.decode(piece.value, { stream: true }))
  }
  page.close()
}

it('streams in pieces, and comes alive without a word of complaint', async () => {
  const page = openDocument()
  const data = Promise.withResolvers<string>()
  const arrived = write(page, await renderToReadableStream(<Page data={data.promise} />))
  await vi.waitFor(() => expect(page.body.textContent).toContain('One moment'))
  expect(page.querySelector('[data-slot="avatar-image"]')?.getAttribute('src')).toBe(exampleUrl)

  data.resolve('By the sea')
  await arrived
  await vi.waitFor(() => expect(page.body.textContent).not.toContain('One moment'), 5000)
  expect(page.querySelector('h1')?.textContent).toBe('By the sea')
  const slots = ['picture', 'image-upload-item', 'image-upload-field', 'avatar-upload-root']
  for (const slot of [...slots, 'image-grid-item']) {
    expect(page.querySelector(`[data-slot^="${slot}"]`), slot).not.toBe(null)
  }

  const errors: unknown[] = []
  const root = page.querySelector('#root')
  if (root === null) throw new Error('The stream has left no root.')
  const said = vi.spyOn(console, 'error').mockReturnValue()
  const hydrated = hydrateRoot(root, <Page data={data.promise} />, {
    onRecoverableError: (error) => errors.push(error),
  })
  await vi.waitFor(() => {
    page.querySelector<HTMLElement>('[data-slot="image-upload-action"]')?.click()
    expect(retry).toHaveBeenCalledWith('one')
  })
  // Server and browser are one realm here, which React notices.
  const complaints = said.mock.calls.filter(([text]) => !/multiple renderers/.test(String(text)))
  expect([errors, complaints]).toEqual([[], []])
  hydrated.unmount()
})
