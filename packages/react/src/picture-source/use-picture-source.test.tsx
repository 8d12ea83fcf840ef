import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import type { ReactElement } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { scriptSurroundings } from '../test-support/script-surroundings.ts'
import { usePictureSource } from './use-picture-source.ts'
import type { PictureSourceOptions } from './use-picture-source.ts'

function Picture(options: PictureSourceOptions): ReactElement {
  const { src, index, status, imageProps } = usePictureSource(options)
  if (src === null) return <p>{status}</p>
  return <img {...imageProps} src={src} alt="Ada" data-status={status} data-index={index} />
}

const shown = () => {
  const image = screen.getByRole<HTMLImageElement>('img')
  return [image.getAttribute('src'), image.dataset['status']]
}

afterEach(cleanup)

it('goes along the sources, and back to the first when its host is back', async () => {
  const { surroundings, works, advance } = scriptSurroundings()
  const picture = <Picture sources={['/a', '/b']} surroundings={surroundings} />
  render(<StrictMode>{picture}</StrictMode>)
  expect(shown()).toEqual(['/a', 'loading'])
  fireEvent.error(screen.getByRole('img'))
  expect(shown()).toEqual(['/b', 'loading'])
  fireEvent.load(screen.getByRole('img'))
  expect(shown()).toEqual(['/b', 'loaded'])
  await act(() => advance(3750))
  expect(shown()).toEqual(['/b', 'loaded'])
  works.add('/a')
  await act(() => advance(15_000))
  expect(shown()).toEqual(['/a', 'loading'])
  fireEvent.load(screen.getByRole('img'))
  expect(shown()).toEqual(['/a', 'loaded'])
})

it('gives up by itself after three tries, and goes on when somebody comes back', async () => {
  const { surroundings, works, probed, advance, comeBack } = scriptSurroundings()
  render(<Picture sources={['/a']} surroundings={surroundings} />)
  fireEvent.error(screen.getByRole('img'))
  for (let minute = 0; minute < 10; minute += 1) await act(() => advance(60_000))
  expect(probed).toHaveLength(3)
  works.add('/a')
  await act(comeBack)
  expect(shown()).toEqual(['/a', 'loading'])
})

it('asks the app of the latest render, once', async () => {
  const { surroundings, settle } = scriptSurroundings()
  const stale = vi.fn<() => Promise<null>>().mockResolvedValue(null)
  const sign = vi.fn<() => Promise<{ src: string }>>().mockResolvedValue({ src: '/a?2' })
  const { rerender } = render(
    <Picture sources={['/a?1', '/b']} refreshSrc={stale} surroundings={surroundings} />,
  )
  rerender(<Picture sources={['/a?1', '/b']} refreshSrc={sign} surroundings={surroundings} />)
  fireEvent.error(screen.getByRole('img'))
  await act(settle)
  expect(shown()).toEqual(['/a?2', 'loading'])
  fireEvent.error(screen.getByRole('img'))
  await act(settle)
  expect(shown()).toEqual(['/b', 'loading'])
  expect([stale.mock.calls, sign.mock.calls]).toEqual([[], [['failed']]])
})

it('begins anew with other sources, and not with equal ones', () => {
  const { rerender } = render(<Picture sources={['/a']} />)
  fireEvent.load(screen.getByRole('img'))
  rerender(<Picture sources={['/a']} />)
  expect(shown()).toEqual(['/a', 'loaded'])
  rerender(<Picture sources={['/b']} />)
  expect(shown()).toEqual(['/b', 'loading'])
  rerender(<Picture sources={[]} />)
  expect(screen.getByText('idle')).toBeDefined()
})

it('neither waits nor listens for a picture that is there', () => {
  const listen = vi.spyOn(document, 'addEventListener')
  const timers = vi.spyOn(globalThis, 'setTimeout')
  render(<Picture sources={['/a']} />)
  fireEvent.load(screen.getByRole('img'))
  const watched = listen.mock.calls.filter(([type]) => type === 'visibilitychange')
  expect([watched, timers.mock.calls]).toEqual([[], []])
  vi.restoreAllMocks()
})
