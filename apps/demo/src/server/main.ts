/** The command `pnpm demo`. */
import { ImagesError } from '@lightfast/core'
import { ConfigError, readConfig } from './config.ts'
import { PortTakenError } from './listen.ts'
import { startDemo } from './start-demo.ts'

try {
  const demo = await startDemo(readConfig(process.env))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit(0)))
  }
  console.log(`\n  Lightfast demo: ${demo.url}`)
  console.log(
    `  Image host: ${demo.mode === 'local' ? 'the local Cloudflare Images' : 'your Cloudflare account'}\n`,
  )
} catch (error) {
  console.error(`\n  The demo did not start. ${explain(error)}\n`)
  process.exit(1)
}

function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof PortTakenError) return error.message
  if (error instanceof ImagesError && error.code === 'credentials_refused') {
    return 'Cloudflare refuses CLOUDFLARE_API_TOKEN for this CLOUDFLARE_ACCOUNT_ID: it needs the permission Images: Edit.'
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
