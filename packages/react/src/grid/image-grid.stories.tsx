import { useState } from 'react'
import type { ReactNode } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect, fn, userEvent, waitFor } from 'storybook/test'
import { exampleGalleries, exampleGallery, exampleImage, exampleImages } from './example-images.ts'
import { ImageGridArea } from './image-grid-area.tsx'
import type { ImageGridActionProps } from './image-grid-area.tsx'
import type { Image } from '@lightfast/core'

const meta = {
  title: 'Grid/Area',
  component: ImageGridArea,
  args: { images: exampleGallery(exampleGalleries.ready) },
} satisfies Meta<typeof ImageGridArea>

export default meta

type Story = StoryObj<typeof meta>

/** Pictures at their own ratio, in lines of one height. */
export const Anatomy: Story = {}

export const Columns: Story = { args: { layout: 'columns' } }

export const Squares: Story = { args: { layout: 'squares' } }

export const Loading: Story = { args: { images: exampleGallery(exampleGalleries.loading) } }

export const LoadingSquares: Story = { args: { ...Loading.args, layout: 'squares' } }

export const Empty: Story = {
  args: {
    images: exampleGallery({ status: 'ready', images: [], nextCursor: null, pages: 1 }),
  },
}

/** The way out is a button with a verb. */
export const Failed: Story = {
  args: { images: exampleGallery(exampleGalleries.failed, { retry: fn() }) },
  async play({ canvas, args }) {
    await userEvent.click(canvas.getByRole('button', { name: 'Try again' }))
    await expect(args.images.retry).toHaveBeenCalledOnce()
  },
}

export const More: Story = {
  args: {
    images: exampleGallery(
      { ...exampleGalleries.ready, nextCursor: 'three' },
      { more: fn<() => void>() },
    ),
  },
  async play({ canvas, args }) {
    // In sight, it is asked for without the button; the button is there all the same.
    await waitFor(() => expect(args.images.more).toHaveBeenCalledOnce())
    await userEvent.click(canvas.getByRole('button', { name: 'Show more' }))
    await expect(args.images.more).toHaveBeenCalledTimes(2)
  },
}

export const LoadingMore: Story = {
  args: { images: exampleGallery(exampleGalleries['loading-more']) },
}

/** What has arrived stays. */
export const MoreFailed: Story = {
  args: { images: exampleGallery(exampleGalleries['more-failed']) },
}

/** One is gone at its host, one is not ready, and one has nothing to be drawn from. */
export const WithMissingPictures: Story = {
  args: {
    images: exampleGallery({
      ...exampleGalleries.ready,
      images: [
        exampleImage(0),
        exampleImage(1, { url: brokenUrl() }),
        exampleImage(2, { url: null, state: 'parked', thumbhash: null }),
        exampleImage(3),
        exampleImage(4, { url: brokenUrl(), thumbhash: null }),
        exampleImage(5, { url: null, thumbhash: null }),
      ],
    }),
  },
}

/** Buttons below each picture, and a word about it: nothing of ours lies over a mark. */
export const WithActions: Story = {
  args: {
    actions: Buttons,
    label: ({ mine }: Image) => (mine ? null : 'With a mark'),
    images: exampleGallery({
      ...exampleGalleries.ready,
      images: exampleImages(6).map((image, at) => ({ ...image, mine: at % 2 === 0 })),
    }),
  },
}

export const Opening: Story = {
  args: { onOpen: fn<(image: Image) => void>() },
  async play({ canvas, args }) {
    await userEvent.click(canvas.getByRole('button', { name: 'harbour.png' }))
    await expect(args.onOpen).toHaveBeenCalledWith(exampleImage(2))
  },
}

/** A click chooses, Shift chooses all between, and the arrow keys go where the eye does. */
export const Selecting: Story = {
  args: {
    selection: 'multiple',
    actions: Buttons,
    onSelectedChange: fn<(selected: readonly string[]) => void>(),
    images: exampleGallery({ ...exampleGalleries.ready, images: exampleImages(7) }),
  },
  async play({ canvas, canvasElement, args }) {
    await userEvent.click(canvas.getByRole('row', { name: 'breakwater.jpg' }))
    const onwards = getComputedStyle(canvasElement).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    await userEvent.keyboard(`{Shift>}{${onwards}}{${onwards}}{/Shift}`)
    await expect(args.onSelectedChange).toHaveBeenLastCalledWith(['image-1', 'image-2', 'image-3'])
    await expect(canvas.getByText('3 of 7 selected')).toBeVisible()
    await userEvent.keyboard('{Control>}a{/Control}')
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('7 of 7 selected'))
    const inOrder = canvasElement.querySelectorAll('[role="row"][tabindex="0"]')
    await expect(inOrder).toHaveLength(1)
  },
}

export const SelectingOne: Story = {
  args: { selection: 'single', layout: 'squares', defaultSelected: ['image-2'] },
}

/** Down and up lead to what is there for the eye. */
export const ByKeyboard: Story = {
  args: { selection: 'multiple', layout: 'squares' },
  async play({ canvas }) {
    await userEvent.tab()
    await userEvent.tab()
    await expect(canvas.getAllByRole('row')[0]).toHaveFocus()
    await userEvent.keyboard('{ArrowDown}{ }')
    const [chosen] = canvas.getAllByRole('row', { selected: true })
    await expect(chosen).toHaveFocus()
    const [first] = canvas.getAllByRole('row')
    await expect(chosen?.getBoundingClientRect().left).toBe(first?.getBoundingClientRect().left)
    await userEvent.keyboard('{End}')
    await expect(canvas.getAllByRole('row').at(-1)).toHaveFocus()
    await userEvent.keyboard('{Escape}')
    await expect(canvas.getByText('0 of 9 selected')).toBeVisible()
  },
}

export const RightToLeft: Story = {
  args: { ...WithActions.args, selection: 'multiple', defaultSelected: ['image-1'] },
  globals: { direction: 'rtl' },
  async play({ canvas }) {
    const [first, second] = canvas.getAllByRole('row')
    first?.focus()
    await userEvent.keyboard('{ArrowLeft}')
    await expect(second).toHaveFocus()
  },
}

/** Who is at the end of the list and presses the button stays there. */
export const PagesByKeyboard: Story = {
  render: () => <Paging />,
  async play({ canvas }) {
    canvas.getByRole('button', { name: 'Show more' }).focus()
    await userEvent.keyboard('{Enter}')
    const end = await canvas.findByText('That is all: 9 photos.')
    await waitFor(() => expect(end.parentElement).toHaveFocus())
    await waitFor(() => expect(canvas.getByRole('status')).toHaveTextContent('5 more photos'))
  },
}

export const FiveHundred: Story = {
  args: {
    selection: 'multiple',
    images: exampleGallery({ ...exampleGalleries.ready, images: exampleImages(500) }),
  },
}

function brokenUrl(): string {
  return 'data:image/png;base64,AAAA'
}

function Buttons({ filename }: Image, props: ImageGridActionProps): ReactNode {
  return (
    <button {...props} data-slot="image-grid-action" aria-label={`Share ${filename}`}>
      Share
    </button>
  )
}

/** A list of two pages, the second of which is there at once. */
function Paging(): ReactNode {
  const first = { images: exampleImages(4), nextCursor: 'two', pages: 1 }
  const [isBusy, setBusy] = useState(false)
  const [isAll, setAll] = useState(false)
  const getAll = (): void => {
    setBusy(true)
    setTimeout(() => setAll(true), 50)
  }
  const state = isAll
    ? exampleGalleries.ready
    : ({ ...first, status: isBusy ? 'loading-more' : 'ready' } as const)
  return <ImageGridArea images={exampleGallery(state, { more: getAll })} fetching="by-button" />
}
