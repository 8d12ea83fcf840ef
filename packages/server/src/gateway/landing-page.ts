import { html, raw } from 'hono/html'

/** What the landing page of a one-time link says. */
export interface LandingWords {
  /** The language, as in HTML's `lang`. */
  readonly lang: string
  readonly title: string
  readonly text: string
  readonly button: string
}

export const defaultLandingWords: LandingWords = {
  lang: 'en',
  title: 'A picture was shared with you',
  text: 'This link shows it once. Open it when you are ready to look: after that, the link no longer works.',
  button: 'Show the picture',
}

const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --soft: #55555e; --page: #f6f5f2; --card: #fff; --accent: #0b57d0; --on-accent: #fff }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf0; --soft: #b4b4bf; --page: #141417; --card: #1f1f24; --accent: #a8c7fa; --on-accent: #062e6f } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--card); border-radius: 1rem }
h1 { margin: 0 0 .5rem; font-size: 1.375rem; line-height: 1.25; text-wrap: balance }
p { margin: 0 0 1.5rem; color: var(--soft) }
button { width: 100%; min-height: 3rem; padding: .5rem 1rem; border: 0; border-radius: .625rem; background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600; cursor: pointer }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
`

/**
 * Answers the page behind a one-time link: a picture comes only by its button, so that whoever merely looks ahead, such as a
 * chat that shows previews of links, does not use the link up. The form posts to where the page is.
 */
export async function answerLanding(words: LandingWords): Promise<Response> {
  const page = await html`<!doctype html>
    <html lang="${words.lang}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${words.title}</title>
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <h1>${words.title}</h1>
          <p>${words.text}</p>
          <form method="post"><button>${words.button}</button></form>
        </main>
      </body>
    </html>`
  return new Response(page.toString(), { headers: await toHeaders() })
}

async function toHeaders(): Promise<Readonly<Record<string, string>>> {
  const text = new TextEncoder().encode(style)
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text))
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'content-security-policy': `default-src 'none'; style-src 'sha256-${btoa(String.fromCharCode(...digest))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'x-robots-tag': 'noindex',
  }
}
