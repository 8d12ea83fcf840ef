import { AwsV4Signer } from 'aws4fetch'
import type { BucketConfig } from './bucket-config.ts'

export interface UnsignedRequest {
  readonly method: string
  readonly body?: Uint8Array<ArrayBuffer>
}

export type SignRequest = (
  url: string,
  request: UnsignedRequest,
  signal: AbortSignal,
) => Promise<Request>

/**
 * Makes requests that are signed, their bodies too: bytes that change on their way are refused. No redirect is followed,
 * since the signature must go nowhere else.
 */
export function createSigner(config: BucketConfig): SignRequest {
  const { region, accessKeyId, secretAccessKey, surroundings } = config
  const cache = new Map<string, ArrayBuffer>()
  return async function signRequest(url, { method, body }, signal) {
    const signer = new AwsV4Signer({
      method,
      url,
      headers: { 'x-amz-content-sha256': await toHash(body ?? new Uint8Array()) },
      service: 's3',
      region,
      accessKeyId,
      secretAccessKey,
      cache,
      datetime: toDatetime(surroundings.now()),
    })
    const { headers } = await signer.sign()
    return new Request(url, { method, headers, body: body ?? null, signal, redirect: 'manual' })
  }
}

async function toHash(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', body))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Such as `20261122T093000Z`. */
function toDatetime(now: number): string {
  return new Date(now).toISOString().replaceAll(/[:-]|\.\d{3}/g, '')
}
