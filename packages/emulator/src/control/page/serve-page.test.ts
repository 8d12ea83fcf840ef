import { createHash } from 'node:crypto'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { createEmulator } from '../../emulator.ts'
import { openAccount, svg, toForm } from '../../test-support/account.ts'
import type { Emulator } from '../../emulator.ts'

const nasty = `"><img src=x onerror="document.title='broken in'"><script>1</script>.svg`

const open = async (emulator: Emulator): Promise<{ reply: Response; html: string }> => {
  const reply = await emulator.fetch(new Request('http://localhost/__lightfast'))
  return { reply, html: await reply.clone().text() }
}

test('is one file that asks nobody else for anything', async () => {
  const { reply, html } = await open(createEmulator())
  expect(reply.status).toBe(200)
  expect(reply.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
  const { document } = new JSDOM(html).window
  expect(document.querySelectorAll('[src], link:not([href="data:,"]), iframe')).toHaveLength(0)
  expect(document.querySelectorAll('[style], [onclick]')).toHaveLength(0)
})

test('lets in nothing but its own script and style', async () => {
  const { reply, html } = await open(createEmulator())
  const policy = reply.headers.get('Content-Security-Policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).not.toContain('unsafe')
  const { document } = new JSDOM(html).window
  for (const name of ['script', 'style']) {
    const text = document.querySelector(name)?.textContent ?? ''
    const hash = createHash('sha256').update(text).digest('base64')
    expect(policy).toContain(`${name}-src 'sha256-${hash}'`)
  }
})

test('is kept from other hosts, like the rest of the switchboard', async () => {
  const reply = await createEmulator().fetch(new Request('http://evil.example/__lightfast'))
  expect(reply.status).toBe(403)
})

test('shows a file name as it is, whatever it holds', async () => {
  const { emulator, slot } = openAccount()
  const { uploadURL } = await slot()
  const body = toForm({ file: new File([svg], nasty) })
  await emulator.fetch(new Request(uploadURL, { method: 'POST', body }))
  const { document } = await run(emulator)
  await expect.poll(() => document.querySelector('.name')?.textContent).toContain('onerror')
  expect(document.querySelectorAll('img[onerror], main script')).toHaveLength(0)
  expect(document.title).toBe('Cloudflare Images, emulated')
})

test('turns a scenario on by its switch', async () => {
  const emulator = createEmulator()
  const { document } = await run(emulator)
  const find = () => document.querySelector<HTMLElement>('[data-name="july2026"]')
  await expect.poll(() => find()?.getAttribute('aria-checked')).toBe('false')
  find()?.click()
  await expect.poll(() => find()?.getAttribute('aria-checked')).toBe('true')
  expect(emulator.faults.list()).toMatchObject([{ code: 5550 }])
})

/** Runs the page on the emulator, without a browser. */
async function run(emulator: Emulator): Promise<{ document: Document }> {
  const { html } = await open(emulator)
  // jsdom runs no modules.
  const classic = html.replace('<script type="module">', '<script>')
  const { window } = new JSDOM(classic, {
    url: 'http://localhost/__lightfast',
    runScripts: 'dangerously',
    beforeParse(page) {
      page.fetch = (path, init) => emulator.fetch(new Request(`http://localhost${path}`, init))
    },
  })
  return window
}
