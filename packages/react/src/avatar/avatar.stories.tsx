import { useRef } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { expect, waitFor } from 'storybook/test'
import { exampleUrl } from '../upload/example-picture.ts'
import { Avatar } from './avatar.ts'
import type { AvatarRootProps } from './avatar-root.tsx'

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
      <Avatar.Root name="Ada Lovelace" src={exampleUrl} decorative>
        <Avatar.Image />
        <Avatar.Fallback />
      </Avatar.Root>
      Ada Lovelace
    </p>
  ),
}

/** The picture is lost, and its placeholder is there. */
export const StandIn: StoryObj = {
  render: () => <Portrait src={[brokenUrl, exampleUrl]} />,
  async play({ canvas, canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'loaded'))
    await expect(rootOf(canvasElement)).toHaveAttribute('data-stand-in')
    await expect(canvas.getByRole('img')).toHaveAccessibleName('Ada Lovelace')
  },
}

/** Whoever it is, nobody knows the name. */
export const WithoutName: StoryObj = {
  render: () => (
    <Avatar.Root name="" src={null}>
      <Avatar.Image />
      <Avatar.Fallback />
    </Avatar.Root>
  ),
}

/** The host is back: the picture comes without a reload. */
export const BackAgain: StoryObj = {
  render: () => <Recovering />,
  async play({ canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'failed'))
    await waitFor(() => {
      window.dispatchEvent(new Event('online'))
      return expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'loaded')
    })
  },
}

/** The box is the app's: one variable makes it larger. */
export const Sizes: StoryObj = {
  render: () => (
    <div style={{ display: 'flex', gap: 12, alignItems: 'center' }}>
      {[24, 40, 64, 96].map((size) => (
        <span key={size} ref={(box) => box?.style.setProperty('--lf-avatar-size', `${size}px`)}>
          <Portrait src={null} />
        </span>
      ))}
    </div>
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

/** An SVG without a size has no width, and is no failure. */
export const SizelessBeforeHydration: StoryObj = {
  render: () => <ServerRendered src={sizelessUrl} />,
  async play({ canvasElement }) {
    await waitFor(() => expect(rootOf(canvasElement)).toHaveAttribute('data-status', 'loaded'))
  },
}

const sizelessUrl = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"/>')}`

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

/** Its URL is dead, and the app has no other one when it is first asked. */
function Recovering(): ReactNode {
  const asked = useRef(0)
  return (
    <Avatar.Root
      name="Ada Lovelace"
      src={brokenUrl}
      expiresAt={1}
      refreshSrc={() => Promise.resolve((asked.current += 1) > 1 ? { src: exampleUrl } : null)}
    >
      <Avatar.Image />
      <Avatar.Fallback />
    </Avatar.Root>
  )
}

function Portrait(props: {
  readonly src: AvatarRootProps['src']
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
