import { join } from 'node:path'
import { localAccount } from '../options.ts'
import { scenarios } from '../scenarios.ts'
import { createDiskAccount } from './disk-account.ts'
import { createDiskStore } from './disk-store.ts'
import { createNodeEmulator } from './create-node-emulator.ts'
import { serve } from './serve.ts'
import type { Emulator } from '../emulator.ts'
import type { EmulatorOptions } from '../options.ts'
import type { CommandOptions } from './parse-command.ts'

/** Starts the emulator, prints what a client needs to know, and ends it on SIGINT and SIGTERM. */
export async function startCommand(options: CommandOptions): Promise<void> {
  const { port, host } = options
  const running = await serve((url) => createFor(url, options), { port, hostname: host })
  const end = (): void => void running.close().finally(() => process.exit(0))
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  process.stdout.write(describe(running.url, options))
}

function createFor(url: string, options: CommandOptions): Emulator {
  const { data, token, scenario, seed, webhook, host } = options
  return createNodeEmulator({
    origins: { upload: url, delivery: url },
    seed,
    faults: scenario ? scenarios[scenario] : [],
    // Where it listens on one address only, the control page can be nowhere else.
    controlHosts: isEveryAddress(host) ? [] : [new URL(url).hostname],
    ...(token !== undefined && { apiTokens: [{ token, access: 'write' }] }),
    ...(webhook && { webhook }),
    ...(data !== undefined && toStores(data)),
  })
}

const toStores = (folder: string): Pick<EmulatorOptions, 'store' | 'accountStore'> => ({
  store: createDiskStore(join(folder, 'images')),
  accountStore: createDiskAccount(folder),
})

/** Lines that a shell and a `.env` file take as they are. */
function describe(url: string, { token, host }: CommandOptions): string {
  const { port } = new URL(url)
  const control = isEveryAddress(host) ? `http://localhost:${port}` : url
  const lines = {
    CLOUDFLARE_BASE_URL: `${url}/client/v4`,
    CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
    CLOUDFLARE_API_TOKEN: token ?? localAccount.writeToken,
    CLOUDFLARE_IMAGES_ACCOUNT_HASH: localAccount.accountHash,
    CLOUDFLARE_IMAGES_DELIVERY_URL: `${url}/${localAccount.accountHash}`,
    LIGHTFAST_EMULATOR_CONTROL_URL: `${control}/__lightfast`,
  }
  return Object.entries(lines)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('')
}

const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'
