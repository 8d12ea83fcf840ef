import { jobKinds } from './job-store.ts'
import type { JobKind } from './job-store.ts'

/** Kinds that call nobody: they go on while Cloudflare is down. */
export const freeKinds: readonly JobKind[] = ['drop-bytes', 'expire']

/** Kinds that call Cloudflare. */
export const callingKinds: readonly JobKind[] = jobKinds.filter((kind) => !freeKinds.includes(kind))

/** Asks whether a kind of job calls Cloudflare. */
export function isCalling(kind: JobKind): boolean {
  return callingKinds.includes(kind)
}
