import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, fn, waitFor } from 'storybook/test'
import { enPicture } from '../words/en-picture.ts'
import { examplePicture, examplePictures } from './example-pictures.ts'
import { Picture } from './picture.tsx'
import type { PictureProps } from './picture.tsx'

const { url: src, thumbhash, width, height } = examplePicture(0)
const brokenUrl = 'data:image/png;base64,AAAA'
/** An address that is never answered within a story's life. */
const slowUrl = 'blob:loading'

const meta = {
  title: 'Picture/Picture',
  component: Picture,
  args: { alt: 'Low tide in the last light', src, thumbhash, width: 480, height: 320 },
} satisfies Meta<typeof Picture>

export default meta

type Story = StoryObj<typeof meta>

/** The box never changes its size, whatever becomes of the picture. */
export const Anatomy: Story = {
  args: { onLoadingStatusChange: fn() },
  async play({ canvas, canvasElement, args }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('loaded'))
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
    await expect(canvas.getByRole('img')).toHaveAccessibleName('Low tide in the last light')
    // It is told once the page shows it.
    await waitFor(() => expect(args.onLoadingStatusChange).toHaveBeenLastCalledWith('loaded'))
  },
}

/** The likeness is some 25 bytes that come with the image. Far below, where a lazy picture is not fetched. */
export const Loading: Story = {
  args: { src: slowUrl, style: { marginBlockStart: '300vh' } },
  async play({ canvasElement }) {
    await expect(statusOf(canvasElement)).toBe('loading')
    await waitFor(() =>
      expect(rootOf(canvasElement)?.style.getPropertyValue('--lf-likeness')).toContain(
        'data:image/png',
      ),
    )
    await expect(sizeOf(canvasElement)).toEqual([480, 320])
  },
}

/** The image is gone at its host: its likeness stands in for it. */
export const FailedWithLikeness: Story = {
  args: { src: brokenUrl },
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('failed'))
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
    await expect(canvas.getByRole('img')).toHaveAccessibleName('Low tide in the last light')
    await expect(canvas.getByText('Cannot be shown right now')).toBeVisible()
    await expect(sizeOf(canvasElement)).toEqual([480, 320])
  },
}

export const Failed: Story = { args: { src: brokenUrl, thumbhash: null } }

/** There is no address yet: the upload is on its way. */
export const NotReady: Story = {
  args: {
    src: null,
    image: { id: '1', state: 'parked', url: null, width, height, thumbhash: null },
  },
  async play({ canvas }) {
    await expect(canvas.getByText('Not ready yet')).toBeVisible()
  },
}

/** Where the first address fails, another one is tried before anything is missed. */
export const Alternate: Story = {
  args: { src: brokenUrl, alternates: [examplePicture(1).url] },
  async play({ canvasElement }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('loaded'))
  },
}

/** Beside words that say the same, a picture is decoration. */
export const Decorative: Story = {
  args: { alt: '', src: brokenUrl },
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('failed'))
    await expect(canvas.queryByRole('img')).toBeNull()
  },
}

/** As wide as there is room, always at one ratio. */
export const Ratio: Story = {
  render: (args) => (
    <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr 1fr', gap: 8 }}>
      {examplePictures.slice(0, 3).map((picture) => (
        <Picture
          key={picture.filename}
          alt={picture.filename}
          src={picture.url}
          thumbhash={picture.thumbhash}
          aspectRatio={4 / 3}
          words={args.words ?? enPicture}
        />
      ))}
    </div>
  ),
}

/** Where there is no room for a sentence, the drawing says it. */
export const Small: Story = {
  render: () => (
    <div style={{ display: 'flex', gap: 8 }}>
      <Picture alt="Low tide" src={brokenUrl} width={64} height={64} />
      <Picture alt="Low tide" src={brokenUrl} thumbhash={thumbhash} width={64} height={64} />
      <Picture alt="Low tide" src={brokenUrl} thumbhash={thumbhash} width={140} height={140} />
      <Picture alt="Low tide" src={brokenUrl} width={140} height={140} />
    </div>
  ),
}

/** A picture that was there from the start is not seen to come. */
export const LoadedBeforeHydration: Story = {
  render: () => <ServerRendered src={src} />,
  async play({ canvasElement }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('loaded'))
    await expect(canvasElement.querySelector('[data-develops]')).toBeNull()
  },
}

/** The picture has failed before React came: its error event is gone, and still it is known. */
export const FailedBeforeHydration: Story = {
  render: () => <ServerRendered src={brokenUrl} />,
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(statusOf(canvasElement)).toBe('failed'))
    await expect(canvas.getByText('Cannot be shown right now')).toBeVisible()
  },
}

export const RightToLeft: Story = { ...FailedWithLikeness, globals: { direction: 'rtl' } }

/** Puts server HTML into the page, lets its picture settle, and hydrates it only then. */
function ServerRendered({ src }: Pick<PictureProps, 'src'>): ReactNode {
  const picture = (
    <Picture alt="Low tide" src={src ?? null} thumbhash={thumbhash} width={480} loading="eager" />
  )
  const hydrateLate = (box: HTMLDivElement | null): (() => void) | undefined => {
    if (box === null) return undefined
    box.innerHTML = renderToString(picture)
    const timer = setTimeout(() => hydrateRoot(box, picture), 150)
    return () => clearTimeout(timer)
  }
  return <div ref={hydrateLate} />
}

function rootOf(canvas: HTMLElement): HTMLElement | null {
  return canvas.querySelector('[data-slot="picture-root"]')
}

const statusOf = (canvas: HTMLElement): string | undefined => rootOf(canvas)?.dataset['status']

function sizeOf(canvas: HTMLElement): readonly (number | undefined)[] {
  const { width: wide, height: high } = rootOf(canvas)?.getBoundingClientRect() ?? {}
  return [wide, high]
}
