import { jobKinds } from './job-store.ts'
import type { JobKind } from './job-store.ts'

/** Kinds that do not call Cloudflare’s API: they go on while it is down. Delivery has a circuit of its own. */
export const freeKinds: readonly JobKind[] = ['drop-bytes', 'expire', 'thumbhash']

/** Kinds that call Cloudflare’s API. */
export const callingKinds: readonly JobKind[] = jobKinds.filter((kind) => !freeKinds.includes(kind))

/** Asks whether a kind of job calls Cloudflare’s API. */
export function isCalling(kind: JobKind): boolean {
  return callingKinds.includes(kind)
}
