import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { describePart } from '../test-support/describe-part.tsx'
import { scriptSurroundings } from '../test-support/script-surroundings.ts'
import { examplePicture } from './example-pictures.ts'
import { Picture } from './picture.tsx'
import type { PictureProps } from './picture.tsx'

const { thumbhash } = examplePicture(0)

describePart('Picture', Picture, {
  props: { alt: 'Low tide', src: '/tide.jpg', thumbhash, width: 3, height: 2 },
  within: (part) => part,
})

describePart('Picture that is missing', Picture, {
  props: { alt: 'Low tide', src: null },
  within: (part) => part,
})

const picture = (props: Partial<PictureProps> = {}): ReactElement => (
  <Picture alt="Low tide" src="/tide.jpg" data-testid="root" {...props} />
)

const statusOf = () => screen.getByTestId('root').dataset['status']
const shown = () => screen.getByRole('img').getAttribute('src')

afterEach(cleanup)

describe('the box', () => {
  it.each<[string, Partial<PictureProps>, string]>([
    ['its own ratio', { aspectRatio: 2, width: 300, height: 300 }, '2 / 1'],
    ['width and height', { width: 300, height: 100 }, '3 / 1'],
    [
      'the size of its image',
      { image: { id: '1', state: 'ready', url: '/a', width: 40, height: 10, thumbhash: null } },
      '4 / 1',
    ],
  ])('keeps %s', (_, props, ratio) => {
    render(picture(props))
    expect(screen.getByTestId('root').style.aspectRatio).toBe(ratio)
  })

  it('has the average colour from the HTML of the server on, and what loads is last', () => {
    const html = renderToString(picture({ thumbhash, srcSet: '/tide-2.jpg 640w' }))
    expect(html).toContain('--lf-average:rgb(')
    expect(html).not.toContain('data:image')
    const order = ['loading="lazy"', 'sizes="auto, 100vw"', 'srcSet=', ' src="/tide.jpg"']
    const places = order.map((attribute) => html.indexOf(attribute))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(places[0]).toBeGreaterThan(0)
  })

  it('takes a thumbhash that is none for none', () => {
    render(picture({ thumbhash: '*not base64*' }))
    expect(screen.getByTestId('root').style.getPropertyValue('--lf-average')).toBe('')
  })
})

describe('what is shown', () => {
  it('is one accessible object before and after a failure, and tells how it does', () => {
    const onLoadingStatusChange = vi.fn<(status: string) => void>()
    render(picture({ onLoadingStatusChange }))
    fireEvent.load(screen.getByRole('img'))
    fireEvent.error(screen.getByRole('img'))
    expect(screen.getAllByRole('img', { name: 'Low tide' })).toHaveLength(1)
    expect(onLoadingStatusChange.mock.calls.flat()).toEqual(['loading', 'loaded', 'failed'])
  })

  it('falls back from the address to the last good one, then to the alternates', () => {
    const { rerender } = render(picture({ src: '/one', alternates: ['/other'] }))
    fireEvent.load(screen.getByRole('img'))
    rerender(picture({ src: '/two', alternates: ['/other'] }))
    expect(shown()).toBe('/two')
    fireEvent.error(screen.getByRole('img'))
    expect(shown()).toBe('/one')
    fireEvent.error(screen.getByRole('img'))
    expect(shown()).toBe('/other')
    fireEvent.error(screen.getByRole('img'))
    expect([statusOf(), screen.getByText('Cannot be shown right now').tagName]).toEqual([
      'failed',
      'SPAN',
    ])
  })

  it('uses the srcset with its own address alone', () => {
    render(picture({ srcSet: '/tide-2.jpg 640w', alternates: ['/other'] }))
    expect(screen.getByRole('img').getAttribute('srcset')).toBe('/tide-2.jpg 640w')
    fireEvent.error(screen.getByRole('img'))
    expect(screen.getByRole('img').getAttribute('srcset')).toBeNull()
  })

  it('does not come into sight again when its address is renewed', () => {
    const { rerender } = render(picture({ thumbhash }))
    expect(screen.getByTestId('root').dataset['develops']).toBe('')
    fireEvent.load(screen.getByRole('img'))
    rerender(picture({ thumbhash, src: '/tide.jpg?sig=2' }))
    expect(screen.getByTestId('root').dataset['develops']).toBeUndefined()
  })

  it('comes back by itself when its host is back', async () => {
    const { surroundings, works, advance } = scriptSurroundings()
    render(<StrictMode>{picture({ surroundings })}</StrictMode>)
    fireEvent.error(screen.getByRole('img'))
    expect(statusOf()).toBe('failed')
    works.add('/tide.jpg')
    await act(() => advance(60_000))
    fireEvent.load(screen.getByRole('img'))
    expect([statusOf(), shown()]).toEqual(['loaded', '/tide.jpg'])
  })
})

const signed = (n: number, seconds: number): string =>
  `https://imagedelivery.net/h/id/v?exp=${seconds}&sig=${n}`

describe('a signed address', () => {
  it('is renewed before it ends, with all its widths', async () => {
    const { surroundings, now, advance } = scriptSurroundings()
    const ends = now() / 1000 + 3600
    const refresh = vi.fn<() => Promise<{ src: string; srcSet: string }>>()
    refresh.mockResolvedValue({ src: signed(2, ends + 3600), srcSet: '/fresh 640w' })
    render(picture({ src: signed(1, ends), refresh, surroundings }))
    fireEvent.load(screen.getByRole('img'))
    await act(() => advance(3_500_000))
    expect(refresh).not.toHaveBeenCalled()
    await act(() => advance(90_000))
    expect([shown(), statusOf()]).toEqual([signed(2, ends + 3600), 'loaded'])
    expect(screen.getByRole('img').getAttribute('srcset')).toBe('/fresh 640w')
  })

  it('is asked for once when it fails', async () => {
    const { surroundings, settle } = scriptSurroundings()
    const refresh = vi.fn<() => Promise<{ src: string }>>().mockResolvedValue({ src: '/fresh' })
    render(picture({ src: '/stale', refresh, surroundings }))
    fireEvent.error(screen.getByRole('img'))
    await act(settle)
    expect(shown()).toBe('/fresh')
    fireEvent.error(screen.getByRole('img'))
    await act(settle)
    expect([refresh.mock.calls.length, statusOf()]).toEqual([1, 'failed'])
  })
})
