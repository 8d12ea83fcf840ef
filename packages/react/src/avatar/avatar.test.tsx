import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import { describePart } from '../testing/describe-part.tsx'
import { Avatar } from './avatar.ts'

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

const portrait = (src: string | null): ReactElement => (
  <Avatar.Root name="Ada Lovelace" src={src} data-testid="root">
    <Avatar.Image />
    <Avatar.Fallback />
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

  it('shows named initials without a source', () => {
    render(portrait(null))
    expect(statusOf()).toBe('idle')
    expect(screen.getByRole('img', { name: 'Ada Lovelace' }).textContent).toBe('AL')
  })

  it('begins anew with another source', () => {
    const { rerender } = render(portrait('/ada.jpg'))
    fireEvent.error(screen.getByRole('img').previousElementSibling ?? screen.getByRole('img'))
    rerender(portrait('/other.jpg'))
    expect(statusOf()).toBe('loading')
  })

  it('names the parent that a part misses', () => {
    expect(() => renderToString(<Avatar.Image />)).toThrow(
      'Avatar.Image must be inside Avatar.Root',
    )
  })
})
