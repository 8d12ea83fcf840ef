import type { ReactElement } from 'react'
import type { Meta, StoryObj } from '@storybook/react-vite'
import { expect } from 'storybook/test'
import {
  exampleClock,
  exampleControl,
  exampleItem,
  exampleItems,
  exampleStates,
} from '../upload/examples.ts'
import { ImageUploadArea } from '../upload/image-upload-area.tsx'
import type { ImageUploadAreaProps } from '../upload/image-upload-area.tsx'
import { ar } from './ar.ts'
import { de } from './de.ts'

const items = exampleItems.map((item, index) => ({ ...item, id: `item-${index}` }))

/** Each language is a record of its own; a state without words does not compile. */
const meta = {
  title: 'Words/Languages',
  component: ImageUploadArea,
  args: { clock: exampleClock, upload: exampleControl(items) },
} satisfies Meta<typeof ImageUploadArea>

export default meta

type Story = StoryObj<typeof meta>

export const German: Story = {
  args: { words: de },
  render: (args) => (
    <div lang="de">
      <ImageUploadArea {...args} />
    </div>
  ),
}

const inArabic = (args: ImageUploadAreaProps): ReactElement => (
  <div lang="ar" dir="rtl">
    <ImageUploadArea {...args} />
  </div>
)

export const Arabic: Story = { args: { words: ar }, render: inArabic }

/** What comes first is read first: from the right. */
export const ArabicReadsFromTheRight: Story = {
  args: {
    words: ar,
    upload: exampleControl([exampleItem(exampleStates.restored, { name: 'beach (2).jpg' })]),
  },
  render: inArabic,
  async play({ canvasElement }) {
    const limits = textOf(canvasElement, '[data-slot="image-upload-limits"]')
    await expect(leftOf(limits, 'JPEG')).toBeGreaterThan(leftOf(limits, 'PNG'))
    const line = textOf(canvasElement, '[data-slot="image-upload-line"]')
    await expect(leftOf(line, 'beach')).toBeLessThan(leftOf(line, '(2)'))
    await expect(leftOf(line, '(2)')).toBeLessThan(leftOf(line, '.jpg'))
  },
}

/** The whole page runs the way that the test project asks for. */
export const FollowsThePage: Story = {
  async play({ canvasElement }) {
    const { dir } = canvasElement.ownerDocument.documentElement
    await expect(dir).toBe(import.meta.env['STORIES_DIRECTION'] ?? 'ltr')
    await expect(getComputedStyle(canvasElement).direction).toBe(dir)
  },
}

function textOf(root: Element, selector: string): Text {
  const text = root.querySelector(selector)?.firstChild
  if (!(text instanceof Text)) throw new Error(`There is no text in ${selector}.`)
  return text
}

function leftOf(text: Text, words: string): number {
  const range = document.createRange()
  range.setStart(text, text.data.indexOf(words))
  range.setEnd(text, text.data.indexOf(words) + words.length)
  return range.getBoundingClientRect().left
}
