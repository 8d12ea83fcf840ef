import type { ReactElement } from 'react'
import { flushSync } from 'react-dom'
import { createRoot, hydrateRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../styles.css'
import { examplePicture } from './example-pictures.ts'
import { Picture } from './picture.tsx'

const { url, thumbhash } = examplePicture(0)
const brokenUrl = 'data:image/png;base64,AAAA'

let box: HTMLElement
let root: Root | undefined

beforeEach(() => {
  box = document.createElement('div')
  document.body.append(box)
})

afterEach(() => {
  root?.unmount()
  box.remove()
})

const findImage = () => box.querySelector('img')
const findRoot = () => box.querySelector<HTMLElement>('[data-slot="picture-root"]')
const statusOf = () => findRoot()?.dataset['status']
const settled = (status: string) => vi.waitFor(() => expect(statusOf()).toBe(status))

function show(picture: ReactElement): void {
  const made = createRoot(box)
  root = made
  flushSync(() => made.render(picture))
}

/** Lets the server's HTML settle in the page before React comes. */
async function hydrate(picture: ReactElement): Promise<readonly unknown[]> {
  box.innerHTML = renderToString(picture)
  const image = findImage()
  await vi.waitFor(() => expect(image?.complete).toBe(true))
  const complaints: unknown[] = []
  root = hydrateRoot(box, picture, { onRecoverableError: (error) => complaints.push(error) })
  return complaints
}

it.each([
  ['failed', brokenUrl],
  ['loaded', url],
])('knows what has %s before hydration, and mismatches nothing', async (status, src) => {
  const mistakes = vi.spyOn(console, 'error')
  const complaints = await hydrate(
    <Picture alt="Low tide" src={src} thumbhash={thumbhash} loading="eager" />,
  )
  await settled(status)
  expect([complaints, mistakes.mock.calls]).toEqual([[], []])
  expect(findRoot()?.dataset['develops']).toBeUndefined()
  mistakes.mockRestore()
})

const toBlobUrl = async (address: string): Promise<string> =>
  URL.createObjectURL(await (await fetch(address)).blob())

it('lets the browser choose from its widths', async () => {
  // Of data URLs it would take the largest: those it has already.
  const [small, large] = [await toBlobUrl(url), await toBlobUrl(url)]
  show(
    <Picture
      alt="Low tide"
      src={large}
      srcSet={`${small} 200w, ${large} 4000w`}
      sizes="100px"
      loading="eager"
    />,
  )
  await settled('loaded')
  expect(findImage()?.currentSrc).toBe(small)
})

it('develops from its likeness within 400 ms, in a box that keeps its size', async () => {
  // An address that the browser has never loaded.
  const src = `${examplePicture(1).url}#${crypto.randomUUID()}`
  show(<Picture alt="Low tide" src={src} thumbhash={thumbhash} width={300} height={200} />)
  const image = findImage()
  const place = findRoot()
  const { width, height } = place?.getBoundingClientRect() ?? {}
  expect([width, height]).toEqual([300, 200])
  expect(image && getComputedStyle(image).opacity).toBe('0')
  await settled('loaded')
  const motions = image?.getAnimations().map(({ effect }) => effect?.getTiming().duration)
  expect(motions).toEqual([400])
  await Promise.all(image?.getAnimations().map(({ finished }) => finished) ?? [])
  expect(image && getComputedStyle(image).opacity).toBe('1')
  expect(place?.getBoundingClientRect().height).toBe(200)
})

it('does not flash a picture that the browser has', async () => {
  const known = new Image()
  known.src = url
  await known.decode()
  show(<Picture alt="Low tide" src={url} thumbhash={thumbhash} loading="eager" decoding="sync" />)
  const image = findImage()
  expect(image?.complete).toBe(true)
  expect(image && getComputedStyle(image).opacity).toBe('1')
})
