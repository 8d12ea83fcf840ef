import { useEffect } from 'react'
import type { Decorator, Preview } from '@storybook/react-vite'
import { ar } from '../packages/react/src/words/ar.ts'
import { de } from '../packages/react/src/words/de.ts'
import { english as en } from '../packages/react/src/words/english.ts'
import { WordsProvider } from '../packages/react/src/words/words-context.tsx'
import '../packages/react/src/styles.css'
import './preview.css'

const languages = new Map([
  ['en', en],
  ['de', de],
  ['ar', ar],
])

/** Lays a story on paper, in the light, the language and the reading direction that the toolbar asks for. */
const onPaper: Decorator = (Story, { globals, playFunction }) => {
  const { scheme, direction, language } = globals
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme === 'system' ? '' : String(scheme)
    document.documentElement.dir = String(direction)
    document.documentElement.lang = String(language)
  }, [scheme, direction, language])
  // A story that plays finds its buttons by their English words, whichever way they run.
  const words = playFunction === undefined ? languages.get(String(language)) : en
  return (
    <WordsProvider words={words ?? en}>
      <main className="paper">
        <Story />
      </main>
    </WordsProvider>
  )
}

export default {
  tags: ['autodocs'],
  decorators: [onPaper],
  parameters: {
    layout: 'fullscreen',
    a11y: { test: 'error' },
    controls: { disable: true },
    options: {
      storySort: { order: ['Guide', ['When uploads fail', 'In a form', 'Languages', 'Theming']] },
    },
  },
  // The test project `stories-rtl` sets both.
  initialGlobals: {
    scheme: 'system',
    direction: import.meta.env['STORIES_DIRECTION'] ?? 'ltr',
    language: import.meta.env['STORIES_LANGUAGE'] ?? 'en',
  },
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: { title: 'Light', icon: 'contrast', items: ['system', 'light', 'dark'] },
    },
    language: {
      description: 'Language',
      toolbar: { title: 'Language', icon: 'globe', items: ['en', 'de', 'ar'] },
    },
    direction: {
      description: 'Reading direction',
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'] },
    },
  },
} satisfies Preview
