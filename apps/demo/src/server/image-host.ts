import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { localAccount } from '@lightfast/emulator'
import type { Emulator } from '@lightfast/emulator'
import { createDiskAccount, createDiskStore, createNodeEmulator } from '@lightfast/emulator/node'
import type { ImagesClientOptions } from '@lightfast/server'
import type { DemoConfig } from './config.ts'

/** Where the pictures are: Cloudflare, or the local one in this process. */
export interface ImageHost {
  readonly mode: 'cloudflare' | 'local'
  readonly client: Pick<ImagesClientOptions, 'accountId' | 'apiToken' | 'baseUrl' | 'fetch'>
  readonly accountHash: string
  readonly deliveryOrigin: string | undefined
  readonly emulator: Emulator | null
  /** What its notifications prove themselves with. */
  readonly webhookSecret: string | undefined
}

/** Where the routes of the SDK hear notifications, on the demo's own origin. */
const WEBHOOK_PATH = '/api/images/webhooks/cloudflare'

/** Takes the real account if there is one. Else makes an emulator whose upload host is at `origin`, and which notifies the demo. */
export function openImageHost(config: DemoConfig, origin: string): ImageHost {
  if (config.cloudflare) return openCloudflare(config.cloudflare)
  const webhookSecret = randomBytes(32).toString('base64url')
  const emulator = createNodeEmulator({
    webhook: { url: `${origin}${WEBHOOK_PATH}`, secret: webhookSecret },
    origins: { upload: origin, delivery: origin },
    // The switchboard is on the page, which goes by this name too.
    controlHosts: [new URL(origin).hostname],
    store: createDiskStore(join(config.dataPath, 'images')),
    accountStore: createDiskAccount(join(config.dataPath, 'account')),
  })
  return {
    mode: 'local',
    client: {
      accountId: localAccount.accountId,
      apiToken: localAccount.writeToken,
      fetch: (request) => emulator.fetch(request),
    },
    accountHash: localAccount.accountHash,
    deliveryOrigin: origin,
    emulator,
    webhookSecret,
  }
}

function openCloudflare(account: NonNullable<DemoConfig['cloudflare']>): ImageHost {
  const { accountId, apiToken, accountHash, baseUrl, deliveryOrigin, webhookSecret } = account
  return {
    mode: 'cloudflare',
    client: { accountId, apiToken, ...(baseUrl !== undefined && { baseUrl }) },
    accountHash,
    deliveryOrigin,
    emulator: null,
    webhookSecret,
  }
}
