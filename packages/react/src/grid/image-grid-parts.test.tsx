import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import type { ReactElement } from 'react'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { describePart } from '../test-support/describe-part.tsx'
import { exampleGalleries, exampleGallery, exampleImage, failedWith } from './example-images.ts'
import { ImageGrid } from './image-grid.ts'
import type { ImageGridAreaProps } from './image-grid-area.tsx'
import type { ImagesState } from './images-machine.ts'

const ready = exampleGalleries.ready

const inRoot =
  (state: ImagesState) =>
  (part: ReactElement): ReactElement => (
    <ImageGrid.Root
      images={exampleGallery(state)}
      selection="multiple"
      defaultSelected={['image-1']}
    >
      {part}
    </ImageGrid.Root>
  )

const inList = (part: ReactElement): ReactElement =>
  inRoot(ready)(<ImageGrid.List>{part}</ImageGrid.List>)

const images = exampleGallery(ready)

describePart('ImageGrid.Root', ImageGrid.Root, { props: { images }, within: (part) => part })
describePart('ImageGrid.Area', ImageGrid.Area, { props: { images }, within: (part) => part })
describePart('ImageGrid.Item', ImageGrid.Item, {
  props: { image: exampleImage(0) },
  within: inList,
})
describePart('ImageGrid.Summary', ImageGrid.Summary, { props: {}, within: inRoot(ready) })
describePart('ImageGrid.More', ImageGrid.More, { props: {}, within: inRoot(ready) })
describePart('ImageGrid.Failure', ImageGrid.Failure, {
  props: {},
  within: inRoot(exampleGalleries.failed),
})
describePart('ImageGrid.Empty', ImageGrid.Empty, {
  props: {},
  within: inRoot({ ...ready, images: [] }),
})
describePart('ImageGrid.Skeletons', ImageGrid.Skeletons, {
  props: {},
  within: inRoot(exampleGalleries.loading),
})

afterEach(cleanup)

function show(state: ImagesState, props: Partial<ImageGridAreaProps> = {}) {
  return render(<ImageGrid.Area images={exampleGallery(state)} {...props} />)
}

const named = (role: string) => screen.getAllByRole(role).map((one) => one.ariaLabel)

const actions: ImageGridAreaProps['actions'] = (_, props) => <button {...props}>Share</button>

const html = (state: ImagesState): string =>
  renderToString(<ImageGrid.Area images={exampleGallery(state)} />)

describe('a gallery', () => {
  it('is a list where nothing can be chosen, and a grid where something can', () => {
    show(ready)
    expect([screen.getAllByRole('listitem').length, screen.queryByRole('grid')]).toEqual([9, null])
    cleanup()
    show(ready, { selection: 'multiple' })
    expect(screen.getByRole('grid').ariaMultiSelectable).toBe('true')
    expect(named('row').slice(0, 2)).toEqual(['low tide.jpg', 'breakwater.jpg'])
  })

  it('has one picture in the order of Tab, with its buttons', async () => {
    show(ready, { selection: 'multiple', actions })
    const user = userEvent.setup()
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Select all')
    await user.tab()
    expect(document.activeElement?.ariaLabel).toBe('low tide.jpg')
    await user.tab()
    expect(document.activeElement?.textContent).toBe('Share')
    await user.tab()
    expect(document.activeElement).toBe(document.body)
  })

  it('chooses by click, and not by a button that stands in it', async () => {
    const onSelectedChange = vi.fn<(selected: readonly string[]) => void>()
    show(ready, { selection: 'multiple', actions, onSelectedChange })
    const user = userEvent.setup()
    const [share] = screen.getAllByRole('button', { name: 'Share' })
    if (share) await user.click(share)
    expect(onSelectedChange).not.toHaveBeenCalled()
    await user.click(screen.getByRole('row', { name: 'dunes.jpg' }))
    expect(onSelectedChange).toHaveBeenLastCalledWith(['image-5'])
  })

  it('shows what the app says is chosen, and only what is there', () => {
    show(ready, { selection: 'multiple', selected: ['image-2', 'gone'] })
    expect(screen.getByText('1 of 9 selected')).toBeDefined()
    fireEvent.click(screen.getByRole('row', { name: 'dunes.jpg' }))
    expect(screen.getByText('1 of 9 selected')).toBeDefined()
  })

  it('leaves the keys of a button to the button', async () => {
    const onSelectedChange = vi.fn<(selected: readonly string[]) => void>()
    show(ready, { selection: 'multiple', actions, onSelectedChange })
    const user = userEvent.setup()
    screen.getAllByRole('button', { name: 'Share' })[0]?.focus()
    await user.keyboard(' {ArrowRight}')
    expect(onSelectedChange).not.toHaveBeenCalled()
    expect(document.activeElement?.textContent).toBe('Share')
  })

  it.each([
    ['unauthenticated', 'You have been signed out. Sign in to see them.', 'Sign in'],
    ['forbidden', 'You cannot see photos here.', 'Try again'],
    ['credentials_refused', /fault on our side/u, 'Try again'],
    ['circuit_open', /image host is having trouble/u, 'Try again'],
    ['file_empty', /fault on our side/u, 'Try again'],
  ] as const)('says of %s what it means and what to do', (code, line, action) => {
    const onSignIn = vi.fn<() => void>()
    show(failedWith(code), { onSignIn })
    expect(screen.getByText(line)).toBeDefined()
    fireEvent.click(screen.getByRole('button', { name: action }))
    expect(onSignIn).toHaveBeenCalledTimes(action === 'Sign in' ? 1 : 0)
  })

  it('says that more have come, and the end', () => {
    const more = { ...ready, images: ready.images.slice(0, 4), nextCursor: 'two', pages: 1 }
    const { rerender } = show({ ...more, status: 'loading-more' })
    rerender(<ImageGrid.Area images={exampleGallery(ready)} />)
    expect(screen.getByRole('status').textContent).toBe('5 more photos. That is all: 9 photos.')
  })

  it('works where the browser cannot tell what is in sight', () => {
    const more = vi.fn<() => void>()
    render(<ImageGrid.Area images={exampleGallery({ ...ready, nextCursor: 'two' }, { more })} />)
    expect(more).not.toHaveBeenCalled()
    fireEvent.click(screen.getByRole('button', { name: 'Show more' }))
    expect(more).toHaveBeenCalledOnce()
  })

  it('is in the HTML of the server, skeletons and pictures alike', () => {
    expect(html(exampleGalleries.loading).match(/image-grid-skeleton"/gu)).toHaveLength(12)
    expect(html(ready).match(/<img/gu)).toHaveLength(9)
  })

  it('names the parent that a part misses', () => {
    expect(() => renderToString(<ImageGrid.More />)).toThrow(
      'ImageGrid.More must be inside ImageGrid.Root',
    )
  })
})
