import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { chromiumArgs, chromiumPath } from '../../../../tools/browser.ts'

export interface OpenPage {
  /** Calls what the page's module exports, by name: something that measures. */
  readonly call: (name: string, ...args: readonly (string | number)[]) => Promise<number>
  /** For how many milliseconds the page's main thread has been busy so far, whatever it waited for. */
  readonly readBusyMs: () => Promise<number>
  readonly close: () => Promise<void>
}

/** No server is there: the page is answered here. It has to be a secure one, as an app's is. */
const ADDRESS = 'https://bench.test/'

/** Opens a module of this folder in a Chromium of its own, as an app would ship it: bundled, minified, for production. */
export async function openPage(module: string, signal: AbortSignal): Promise<OpenPage> {
  const files = await bundle(fileURLToPath(new URL(module, import.meta.url)))
  signal.throwIfAborted()
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [...chromiumArgs],
  })
  const close = (): Promise<void> => browser.close()
  signal.addEventListener('abort', () => void close(), { once: true })
  try {
    const page = await load(browser, files)
    const readBusyMs = await watchThread(page)
    return { call: (name, ...args) => measure(page, name, args), readBusyMs, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function load(browser: Browser, { js, css }: Files): Promise<Page> {
  const page = await browser.newPage()
  await page.route('**/*', (route) => route.abort())
  const body = `<!doctype html><style>${css}</style><div id="root"></div>`
  await page.route(ADDRESS, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(ADDRESS)
  await page.addScriptTag({ content: js })
  return page
}

async function watchThread(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable')
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value
    return 1000 * (seconds ?? Number.NaN)
  }
}

async function measure(page: Page, name: string, args: readonly unknown[]): Promise<number> {
  const figure: unknown = await page.evaluate(`bench.${name}(...${JSON.stringify(args)})`)
  if (typeof figure === 'number') return figure
  throw new TypeError(`${name} measured nothing.`)
}

interface Files {
  readonly js: string
  /** Empty if the module imports no stylesheet. */
  readonly css: string
}

async function bundle(path: string): Promise<Files> {
  const { outputFiles } = await build({
    entryPoints: [path],
    outdir: 'unwritten',
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'bench',
    target: 'es2023',
    jsx: 'automatic',
    conditions: ['browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'error',
  })
  const find = (ending: string): string =>
    outputFiles.find((file) => file.path.endsWith(ending))?.text ?? ''
  return { js: find('.js'), css: find('.css') }
}
