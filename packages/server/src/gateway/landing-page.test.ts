import { expect, test } from 'vitest'
import { answerLanding, defaultLandingWords } from './landing-page.ts'

test('the style of the page is the one that its policy lets in, to the last space', async () => {
  const reply = await answerLanding(defaultLandingWords)
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(await reply.text()) ?? []
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  const hash = btoa(String.fromCharCode(...new Uint8Array(digest)))
  expect(style).toContain('color-scheme')
  expect(reply.headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
})
