import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, chromiumPath } from './tools/browser.ts'

// Resolved once, here: two projects that unpacked the browser at the same time would race on one file.
const executablePath = await chromiumPath()
const launchOptions = { executablePath, args: [...chromiumArgs] }

/** A fresh object per project: Vitest writes into it. */
const chromium = (colorScheme: 'light' | 'dark') => ({
  enabled: true,
  headless: true,
  screenshotFailures: false,
  provider: playwright({ launchOptions, contextOptions: { colorScheme } }),
  instances: [{ browser: 'chromium' as const }],
})

const stories = (colorScheme: 'light' | 'dark') => ({
  plugins: [storybookTest({ configDir: '.storybook' })],
  test: { name: `stories-${colorScheme}`, browser: chromium(colorScheme) },
})

export default defineConfig({
  test: {
    reporters: ['default', './tools/tally.ts'],
    coverage: { provider: 'v8', include: ['packages/*/src/**'], exclude: ['**/*.stories.tsx'] },
    projects: [
      {
        test: {
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'dom',
          include: ['packages/react/src/**/*.test.tsx'],
          exclude: ['**/*.browser.test.tsx'],
          environment: 'jsdom',
          globals: true,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'browser',
          include: ['packages/react/src/**/*.browser.test.{ts,tsx}'],
          browser: chromium('light'),
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['apps/demo/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      stories('light'),
      stories('dark'),
    ],
  },
})
