/** Finds the Chromium that tests and screenshots use. */
import { existsSync } from 'node:fs'
import sparticuz from '@sparticuz/chromium'
import { chromium } from 'playwright-core'

export const chromiumArgs: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * Resolves to a Chromium: `CHROMIUM_PATH`, else Playwright's own if it was installed, else the one
 * that came with the npm package (Linux x64, unpacked once into the temporary folder).
 */
export async function chromiumPath(): Promise<string> {
  const given = process.env['CHROMIUM_PATH']
  if (given) return given
  const own = chromium.executablePath()
  return existsSync(own) ? own : sparticuz.executablePath()
}
