import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, waitFor } from 'storybook/test'
import { exampleUrl } from '../upload/example-picture.ts'
import { Avatar } from './avatar.ts'

/** The box never changes its size, whatever becomes of the picture. */
export default { title: 'Avatar/Avatar' } satisfies Meta

export const Anatomy: StoryObj = {
  render: () => <Portrait src={exampleUrl} />,
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'loaded'))
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
    await expect(canvas.getByRole('img')).toHaveAccessibleName('Ada Lovelace')
  },
}

export const Loading: StoryObj = {
  // An address that is never answered within a story's life.
  render: () => (
    <Portrait src="blob:loading" loading="lazy" style={{ marginBlockStart: '300vh' }} />
  ),
}

export const Broken: StoryObj = {
  render: () => <Portrait src={brokenUrl} />,
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'failed'))
    await expect(canvas.getAllByRole('img')).toHaveLength(1)
    await expect(canvas.getByRole('img')).toHaveAccessibleName('Ada Lovelace')
  },
}

export const WithoutPicture: StoryObj = { render: () => <Portrait src={null} /> }

/** Beside a name that can be read, the avatar is decoration. */
export const Decorative: StoryObj = {
  render: () => (
    <p style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
      <Avatar.Root name="" src={exampleUrl}>
        <Avatar.Image />
        <Avatar.Fallback>AL</Avatar.Fallback>
      </Avatar.Root>
      Ada Lovelace
    </p>
  ),
}

export const Tints: StoryObj = {
  render: () => (
    <div style={{ display: 'flex', gap: 12, flexWrap: 'wrap' }}>
      {people.map((name) => (
        <Avatar.Root key={name} name={name} src={null}>
          <Avatar.Image />
          <Avatar.Fallback />
        </Avatar.Root>
      ))}
    </div>
  ),
}

/** The picture has failed before React came: its error event is gone, and still it is known. */
export const FailedBeforeHydration: StoryObj = {
  render: () => <ServerRendered src={brokenUrl} />,
  async play({ canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'failed'))
  },
}

export const LoadedBeforeHydration: StoryObj = {
  render: () => <ServerRendered src={exampleUrl} />,
  async play({ canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'loaded'))
  },
}

const brokenUrl = 'data:image/png;base64,AAAA'

const people = [
  'Ada Lovelace',
  'Grace Hopper',
  'Katherine Johnson',
  'Hedy Lamarr',
  'Émilie du Châtelet',
  'मेरी कॉम',
  '李小龙',
  'Nina',
  'Rosalind Franklin',
  'Annie Easley',
]

function Portrait(props: {
  readonly src: string | null
  readonly loading?: 'lazy'
  readonly style?: { readonly marginBlockStart: string }
}): ReactNode {
  const { src, style, loading = 'eager' } = props
  return (
    <Avatar.Root name="Ada Lovelace" src={src} style={style}>
      <Avatar.Image loading={loading} />
      <Avatar.Fallback />
    </Avatar.Root>
  )
}

/** Puts server HTML into the page, lets its picture settle, and hydrates it only then. */
function ServerRendered({ src }: { readonly src: string }): ReactNode {
  const hydrateLate = (box: HTMLDivElement | null): (() => void) | undefined => {
    if (box === null) return undefined
    box.innerHTML = renderToString(<Portrait src={src} />)
    const timer = setTimeout(() => {
      box.dataset['hydrated'] = ''
      hydrateRoot(box, <Portrait src={src} />)
    }, 150)
    return () => clearTimeout(timer)
  }
  return <div ref={hydrateLate} />
}

const rootOf = (canvas: HTMLElement): Element | null =>
  canvas.querySelector('[data-slot="avatar-root"]')
