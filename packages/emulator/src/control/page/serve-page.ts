import { markup } from './markup.ts'
import { scriptMain } from './script-main.ts'
import { scriptPanels } from './script-panels.ts'
import { scriptTools } from './script-tools.ts'
import { styles } from './styles.ts'

/** Answers with the control page, which needs nothing but itself and this origin. */
export async function servePage(): Promise<Response> {
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': await makePolicy(),
    'Referrer-Policy': 'no-referrer',
  }
  return new Response(page, { headers })
}

const script = [scriptTools, scriptPanels, scriptMain].join('')

const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Cloudflare Images, emulated</title>
<link rel="icon" href="data:,">
<style>${styles}</style>
</head>
<body>${markup}<script type="module">${script}</script></body>
</html>
`

/** Lets in the one style and the one script of this page, by their hashes. */
async function makePolicy(): Promise<string> {
  return [
    "default-src 'none'",
    `script-src ${await hashOf(script)}`,
    `style-src ${await hashOf(styles)}`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

async function hashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return `'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`
}
