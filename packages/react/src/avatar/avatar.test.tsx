import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { scriptSurroundings } from '../test-support/script-surroundings.ts'
import { describePart } from '../test-support/describe-part.tsx'
import { Avatar } from './avatar.ts'
import type { AvatarRootProps } from './avatar-root.tsx'

const inRoot = (part: ReactElement): ReactElement => (
  <Avatar.Root name="Ada Lovelace" src="/ada.jpg">
    {part}
  </Avatar.Root>
)

describePart('Avatar.Root', Avatar.Root, {
  props: { name: 'Ada Lovelace', src: null },
  within: (part) => part,
})
describePart('Avatar.Image', Avatar.Image, { props: {}, within: inRoot })
describePart('Avatar.Fallback', Avatar.Fallback, { props: {}, within: inRoot })

const portrait = (
  src: AvatarRootProps['src'],
  details: Partial<AvatarRootProps> = {},
): ReactElement => (
  <Avatar.Root name="Ada Lovelace" src={src} data-testid="root" {...details}>
    <Avatar.Image data-testid="image" />
    <Avatar.Fallback data-testid="fallback" />
  </Avatar.Root>
)

const statusOf = () => screen.getByTestId('root').dataset['status']

describe('Avatar', () => {
  afterEach(cleanup)

  it('has a real picture in the HTML of the server', () => {
    expect(renderToString(portrait('/ada.jpg'))).toContain('src="/ada.jpg"')
  })

  it.each(['load', 'error'] as const)('is one accessible object after %s', (event) => {
    render(portrait('/ada.jpg'))
    expect(statusOf()).toBe('loading')
    fireEvent[event](screen.getByRole('img'))
    expect(statusOf()).toBe(event === 'load' ? 'loaded' : 'failed')
    expect(screen.getAllByRole('img', { name: 'Ada Lovelace' })).toHaveLength(1)
  })

  it.each([null, '', []])('shows named initials when the source is %j', (src) => {
    render(portrait(src))
    expect(statusOf()).toBe('idle')
    expect(screen.getByRole('img', { name: 'Ada Lovelace' }).textContent).toBe('AL')
  })

  it('begins anew with another source', () => {
    const { rerender } = render(portrait('/ada.jpg'))
    fireEvent.error(screen.getByTestId('image'))
    rerender(portrait('/other.jpg'))
    expect(statusOf()).toBe('loading')
  })

  it('goes from the picture to its stand-in, then to initials', () => {
    render(portrait(['/ada.jpg', '/placeholder.jpg']))
    fireEvent.error(screen.getByTestId('image'))
    expect(screen.getByTestId('image').getAttribute('src')).toBe('/placeholder.jpg')
    expect(screen.getByTestId('root').dataset['standIn']).toBe('')
    expect(screen.getAllByRole('img', { name: 'Ada Lovelace' })).toHaveLength(1)
    fireEvent.error(screen.getByTestId('image'))
    expect(screen.getByRole('img', { name: 'Ada Lovelace' }).textContent).toBe('AL')
  })

  it('shows an icon that is not spoken of where there is no name', () => {
    render(portrait(null, { name: '' }))
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.getByTestId('fallback').querySelector('svg')).not.toBeNull()
  })

  it.each([null, '/ada.jpg'])('is not spoken of as decoration, with %j', (src) => {
    render(portrait(src, { decorative: true }))
    expect(screen.queryByRole('img')).toBeNull()
    expect(screen.getByTestId('fallback').textContent).toBe('AL')
  })

  it('comes back by itself when its host does', async () => {
    const { surroundings, works, advance } = scriptSurroundings()
    render(portrait('/ada.jpg', { surroundings }))
    fireEvent.error(screen.getByTestId('image'))
    expect(statusOf()).toBe('failed')
    works.add('/ada.jpg')
    await act(() => advance(5000))
    fireEvent.load(screen.getByTestId('image'))
    expect(statusOf()).toBe('loaded')
  })

  it('asks for a newly signed URL before the old one ends', async () => {
    const { surroundings, now, advance } = scriptSurroundings()
    const refreshSrc = () => Promise.resolve({ src: '/ada.jpg?sig=2', expiresAt: now() + 600_000 })
    render(portrait('/ada.jpg?sig=1', { surroundings, refreshSrc, expiresAt: now() + 60_000 }))
    fireEvent.load(screen.getByTestId('image'))
    await act(() => advance(30_000))
    expect(screen.getByTestId('image').getAttribute('src')).toBe('/ada.jpg?sig=2')
    expect(statusOf()).toBe('loaded')
  })

  it('names the parent that a part misses', () => {
    expect(() => renderToString(<Avatar.Image />)).toThrow(
      'Avatar.Image must be inside Avatar.Root',
    )
  })
})
