import { join } from 'node:path'
import { defaultFilePolicy, rungs as wholeLadder } from '@lightfast/core'
import type { Rung } from '@lightfast/core'
import { localAccount } from '@lightfast/emulator'
import {
  createImagesClient,
  createJobRunner,
  createUploads,
  importSigningKey,
} from '@lightfast/server'
import { createImagesRoutes } from '@lightfast/server/hono'
import { openFolderByteStore } from '@lightfast/server/node'
import { Hono } from 'hono'
import { createSession } from '../../demo/src/server/session.ts'
import type { FastClock } from './clock.ts'
import { openEngine } from './open-engine.ts'
import type { ServerSetting } from './server-setting.ts'

/** Longer than any outage of a run. */
const KEEP_MS = 3 * 3_600_000

const ignore = (): void => undefined

/** Faults are the rule here. What is a fault of our own is told. */
const quiet = { info: ignore, warn: ignore, error: tell }

/** Each is there for as long. Mostly the ladder is whole; where a rung is missing, people have to try again more often. */
const RUNGS_MS = 60_000
const ladders: readonly (readonly Rung[])[] = [
  wholeLadder,
  wholeLadder,
  ['direct', 'relay'],
  wholeLadder,
  ['direct', 'park'],
  ['direct'],
]

function readRungs(now: number): readonly Rung[] {
  return ladders[Math.floor(now / RUNGS_MS) % ladders.length] ?? wholeLadder
}

/** Opens an app as one would be written with the SDK, on the clock of the run. */
export async function openApp(setting: ServerSetting, clock: FastClock): Promise<Hono> {
  const { folder, hostUrl, webhookSecret, outages } = setting
  const { now, monotonic, schedule } = clock
  const { store, share, dispatcher } = await openEngine(setting, clock)
  const client = createImagesClient({
    accountId: localAccount.accountId,
    apiToken: localAccount.writeToken,
    baseUrl: `${hostUrl}/client/v4`,
    batchUrl: hostUrl,
    now,
    monotonic,
    schedule,
    ...(share && { share }),
    breaker: outages === 'short' ? { openMs: 10_000, maxOpenMs: 60_000 } : {},
    logger: quiet,
  })
  const uploads = createUploads({
    client,
    store,
    bytes: await openFolderByteStore({ path: join(folder, 'bytes'), now }),
    rungs: outages === 'short' ? () => readRungs(now()) : wholeLadder,
    times: { keepMs: KEEP_MS },
    // One more type than Cloudflare takes, so that it has something to refuse.
    kinds: {
      photo: { ...defaultFilePolicy, types: [...defaultFilePolicy.types, 'image/avif'] },
    },
    accountHash: localAccount.accountHash,
    signingKey: await importSigningKey(localAccount.signingKey),
    variants: ['public'],
    now,
    schedule,
    logger: quiet,
  })
  const runner = createJobRunner({
    store: store.jobs,
    handlers: uploads.jobs,
    client,
    surroundings: { now, monotonic, schedule },
    ...(dispatcher && { dispatcher }),
    logger: quiet,
  })
  uploads.watchJobs(runner.nudge)
  runner.start()
  const session = createSession(folder)
  const { authenticate } = session
  const routes = createImagesRoutes({
    uploads,
    authenticate,
    webhookSecrets: [webhookSecret],
    onError: tell,
  })
  return new Hono().basePath('/api').route('/', session.routes).route('/images', routes)
}

/** One line, without the numbers that differ every time. */
function tell(...words: readonly unknown[]): void {
  const errors = words.filter((word) => word instanceof Error).flatMap(toCauses)
  const text = errors.map(({ message }) => message).join(' ')
  console.error((text || words.join(' ')).replaceAll(/\d[\d.]*/g, 'N').replaceAll('\n', ' '))
}

function toCauses(error: Error): readonly Error[] {
  const { cause } = error
  return cause instanceof Error ? [error, ...toCauses(cause)] : [error]
}
