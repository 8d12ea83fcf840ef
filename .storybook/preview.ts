import type { Preview } from '@storybook/react-vite'
import '../packages/react/src/styles.css'

export default { parameters: { a11y: { test: 'error' } } } satisfies Preview
