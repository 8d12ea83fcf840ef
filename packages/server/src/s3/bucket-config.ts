import { isHostUrl } from '../client/hosts.ts'
import { checkNumber, duration } from '../read-config.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'

export interface S3ByteStoreOptions extends Partial<
  Pick<Surroundings, 'fetch' | 'now' | 'random' | 'schedule'>
> {
  /** Such as `https://s3.eu-central-1.amazonaws.com` or `https://ACCOUNT.r2.cloudflarestorage.com`, without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  /** `auto` for R2. */
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** What the names of the objects begin with, such as `lightfast/`: the rest of the bucket is left alone. @default '' */
  readonly prefix?: string
  /** For one request, its body included. @default 30_000 */
  readonly timeoutMs?: number
}

export interface BucketConfig {
  /** Of the bucket, without a slash at its end. */
  readonly url: string
  readonly prefix: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly timeoutMs: number
  readonly surroundings: Pick<Surroundings, 'fetch' | 'now' | 'random' | 'schedule'>
}

const DEFAULT_TIMEOUT_MS = 30_000

/** Checks the options. @throws TypeError or RangeError that names the option, and never repeats what may be a secret. */
export function readBucketConfig(options: S3ByteStoreOptions): BucketConfig {
  const { endpoint, bucket, region, accessKeyId, secretAccessKey, prefix = '' } = options
  const { timeoutMs = DEFAULT_TIMEOUT_MS, fetch, now, random, schedule } = options
  const texts = { endpoint, bucket, region, accessKeyId, secretAccessKey }
  for (const [name, text] of Object.entries(texts)) checkText(name, text)
  if (!isHostUrl(endpoint)) {
    throw new TypeError('endpoint must be an http or https address without password or query.')
  }
  if (!/^[\w-][\w.-]+$/.test(bucket)) throw new TypeError('bucket must be the name of a bucket.')
  if (prefix.startsWith('/')) throw new TypeError('prefix must not begin with a slash.')
  checkNumber('timeoutMs', timeoutMs, duration)
  return {
    url: `${endpoint.replace(/\/+$/, '')}/${bucket}`,
    prefix,
    region,
    accessKeyId,
    secretAccessKey,
    timeoutMs,
    surroundings: {
      fetch: fetch ?? defaultSurroundings.fetch,
      now: now ?? defaultSurroundings.now,
      random: random ?? defaultSurroundings.random,
      schedule: schedule ?? defaultSurroundings.schedule,
    },
  }
}

function checkText(name: string, text: unknown): void {
  if (typeof text !== 'string' || !/^[!-~]+$/.test(text)) {
    throw new TypeError(`${name} must be ASCII without spaces.`)
  }
}
