import type { Case } from '../timing/time-calls.ts'

/** Each is loaded only where it is timed: nobody shares a process with a peer. */
const peers = {
  'stub-host': () => import('./stub-host.ts'),
  ours: () => import('./ours.ts'),
  cockatiel: () => import('./cockatiel.ts'),
  opossum: () => import('./opossum.ts'),
  'official-sdk': () => import('./official-sdk.ts'),
  ky: () => import('./ky.ts'),
  emulator: () => import('./emulator.ts'),
  'our-client': () => import('./our-client.ts'),
  'our-uploads': () => import('./our-uploads.ts'),
  'our-policy': () => import('./our-policy.ts'),
  casl: () => import('./casl.ts'),
  'our-jobs': () => import('./our-jobs.ts'),
  'our-gateway': () => import('./our-gateway.ts'),
  'bare-sharp': () => import('./bare-sharp.ts'),
  'bare-hono': () => import('./bare-hono.ts'),
  bullmq: () => import('./bullmq.ts'),
  'pg-boss': () => import('./pg-boss.ts'),
  'our-signing': () => import('./our-signing.ts'),
  'node-crypto': () => import('./node-crypto.ts'),
  jose: () => import('./jose.ts'),
} satisfies Record<string, () => Promise<{ readonly cases: Readonly<Record<string, Case>> }>>

export type Peer = keyof typeof peers

/** Finds a case by the names of its peer and its own. @throws RangeError if there is none. */
export async function findCase(peer: string, name: string): Promise<Case> {
  const load = Object.entries(peers).find(([known]) => known === peer)?.[1]
  const cases: Readonly<Record<string, Case>> = (await load?.())?.cases ?? {}
  const found = cases[name]
  if (!found) throw new RangeError(`There is no case ${name} of ${peer}.`)
  return found
}
