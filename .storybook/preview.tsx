import { useEffect } from 'react'
import type { Decorator, Preview } from '@storybook/react-vite'
import '../packages/react/src/styles.css'
import './preview.css'

/** Lays a story on paper, in the light and the reading direction that the toolbar asks for. */
const onPaper: Decorator = (Story, { globals }) => {
  const { scheme, direction } = globals
  useEffect(() => {
    document.documentElement.style.colorScheme = scheme === 'system' ? '' : String(scheme)
    document.documentElement.dir = String(direction)
  }, [scheme, direction])
  return (
    <main className="paper">
      <Story />
    </main>
  )
}

export default {
  tags: ['autodocs'],
  decorators: [onPaper],
  parameters: { layout: 'fullscreen', a11y: { test: 'error' }, controls: { disable: true } },
  initialGlobals: { scheme: 'system', direction: 'ltr' },
  globalTypes: {
    scheme: {
      description: 'Light or dark',
      toolbar: { title: 'Light', icon: 'contrast', items: ['system', 'light', 'dark'] },
    },
    direction: {
      description: 'Reading direction',
      toolbar: { title: 'Direction', icon: 'transfer', items: ['ltr', 'rtl'] },
    },
  },
} satisfies Preview
