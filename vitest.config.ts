import { resolve } from 'node:path'
import { cloudflareTest } from '@cloudflare/vitest-plugin'
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

const stories = (name: 'light' | 'dark' | 'rtl') => ({
  plugins: [storybookTest({ configDir: '.storybook' })],
  test: {
    name: `stories-${name}`,
    browser: chromium(name === 'dark' ? 'dark' : 'light'),
    env: name === 'rtl' ? { STORIES_DIRECTION: 'rtl', STORIES_LANGUAGE: 'ar' } : {},
  },
})

/** The oldest React that the kit works with. */
const react18 = {
  react: resolve('tools/react-18/node_modules/react'),
  'react-dom': resolve('tools/react-18/node_modules/react-dom'),
  // Its modules: what is required, and not imported, no alias can turn.
  '@testing-library/react': resolve(
    'packages/react/node_modules/@testing-library/react/dist/@testing-library/react.esm.js',
  ),
}

/** What workerd cannot run: it has no sockets to listen on, no processes, no files and no native modules. */
const needsNode = [
  // Servers of their own: see the project `services`.
  '**/*.services.test.ts',
  // The Node entries and their engines: SQLite, sharp, a disk, a server.
  '**/src/node/**',
  'packages/server/src/sharp/**',
  // A command is a process.
  'packages/server/src/cli/**',
  'packages/emulator/src/exports.test.ts',
  'packages/emulator/src/testing/use-emulator.test.ts',
  'packages/server/src/uploads/create-uploads.test.ts',
  // True pixels, made and read with sharp.
  'packages/emulator/src/control/control-api.test.ts',
  'packages/server/src/hono/images-routes.test.ts',
  'packages/server/src/delivery/create-delivery-source.test.ts',
  'packages/server/src/pictures/outage.test.ts',
  // Clients that come over a socket.
  'packages/emulator/src/proofs/{curl,fuzz,official-sdk}.test.ts',
  // A README on the disk, and a page in jsdom.
  'packages/emulator/src/fidelity.test.ts',
  'packages/emulator/src/control/page/serve-page.test.ts',
]

/** Keeps the tests in workerd on this machine: who forgot to hand in a `fetch` is answered 500. */
const outboundService = ({ url }: { readonly url: string }): never => {
  throw new Error(`A test in workerd asked for ${url}.`)
}

/** Nothing is proven by how quick a machine is: only what never happens runs into these. */
const patience = { testTimeout: 20_000, expect: { poll: { timeout: 10_000 } } }

export default defineConfig({
  test: {
    reporters: ['default', './tools/tally.ts'],
    coverage: { provider: 'v8', include: ['packages/*/src/**'], exclude: ['**/*.stories.tsx'] },
    projects: [
      {
        test: {
          ...patience,
          name: 'node',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'tools/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts', '**/*.services.test.ts'],
        },
      },
      {
        test: {
          ...patience,
          name: 'services',
          include: ['packages/*/src/**/*.services.test.ts'],
          globalSetup: './tools/global-setup.ts',
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
        resolve: { alias: react18 },
        test: {
          name: 'dom-react-18',
          include: ['packages/react/src/**/*.test.tsx'],
          exclude: ['**/*.browser.test.tsx'],
          environment: 'jsdom',
          globals: true,
          setupFiles: './tools/react-18/expect.ts',
          // What Node loads by itself would bring the React of today along.
          server: { deps: { inline: [/@testing-library\/react/, /@radix-ui/, /radix-ui/] } },
        },
      },
      {
        plugins: [react()],
        // A package found only while a test runs would reload it, with a second React.
        optimizeDeps: { entries: ['packages/react/src/**/*.browser.test.{ts,tsx}'] },
        // Where MSW keeps its service worker, which has to be served from the top.
        publicDir: 'packages/react/node_modules/msw/lib',
        test: {
          name: 'browser',
          include: ['packages/react/src/**/*.browser.test.{ts,tsx}'],
          browser: chromium('light'),
        },
      },
      {
        test: {
          ...patience,
          name: 'e2e',
          include: ['apps/demo/e2e/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        plugins: [
          cloudflareTest({ miniflare: { compatibilityDate: '2026-11-02', outboundService } }),
        ],
        test: {
          name: 'workerd',
          include: ['packages/{core,server,emulator}/src/**/*.test.ts'],
          exclude: needsNode,
          // A fresh workerd for every file would take half a second each. No module of ours has state to share.
          isolate: false,
        },
      },
      stories('light'),
      stories('dark'),
      stories('rtl'),
      {
        test: {
          name: 'chaos',
          include: ['apps/chaos/e2e/**/*.test.ts'],
          testTimeout: 900_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          // After all the others: its clock goes as fast as the machine lets it.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
