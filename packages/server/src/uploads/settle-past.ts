import type { ImagesError } from '@lightfast/core'
import type { Attempt, ImageRecord } from './record.ts'
import { markReady, reject } from './settle-record.ts'
import type { UploadsContext } from './uploads-context.ts'
import { readVerdict } from './verdict.ts'
import type { Verdict } from './verdict.ts'
import type { CallOptions } from '../client/api.ts'

/** What earlier attempts came to. `unknown`: one of them may have brought the bytes, and Cloudflare does not say, or not yet. */
export type Past =
  | { readonly status: 'settled'; readonly record: ImageRecord }
  | { readonly status: 'clear'; readonly error?: undefined }
  | {
      readonly status: 'unknown'
      readonly error: ImagesError | undefined
      /** When it can be known, in ms since the epoch. */
      readonly until: number
    }

export interface SettlePast {
  readonly attempts: readonly Attempt[]
  /** How long Cloudflare is waited for. @default a person waits */
  readonly options?: CallOptions
}

/**
 * Before bytes set out again, Cloudflare is asked whether an earlier attempt has brought them after all: two images of
 * one file would be worse than a wait.
 */
export async function settlePast(
  context: UploadsContext,
  record: ImageRecord,
  { attempts, options = { deadlineMs: 4000, repeat: 'never' } }: SettlePast,
): Promise<Past> {
  const open = attempts.filter(mayHaveLanded)
  const verdicts = await Promise.all(open.map((one) => readVerdict(context, one, options)))
  const told = open.map((attempt, at) => ({ attempt, verdict: verdicts[at] }))
  for (const { attempt, verdict } of told) {
    if (verdict?.status !== 'landed') continue
    const { cloudflareId } = verdict
    const arrived = { attemptId: attempt.id, cloudflareId }
    return { status: 'settled', record: await markReady(context, record, arrived) }
  }
  for (const { attempt, verdict } of told) {
    if (verdict?.status !== 'refused') continue
    const { error } = verdict
    return { status: 'settled', record: await reject(context, record, { error, attempt }) }
  }
  return judge(context, told)
}

/** Asks whether Cloudflare has to be asked what became of an attempt. */
export function mayHaveLanded({ outcome, slot, sentAt }: Attempt): boolean {
  return outcome !== 'closed' && (slot !== null || sentAt !== null)
}

interface Told {
  readonly attempt: Attempt
  readonly verdict: Verdict | undefined
}

/** A draft that waits is clear: if its bytes come after all, the sweep deletes them. What we sent ourselves and is not listed yet is not. */
function judge({ now }: UploadsContext, told: readonly Told[]): Past {
  for (const { verdict } of told) {
    if (verdict?.status === 'unknown')
      return { status: 'unknown', error: verdict.error, until: now() }
  }
  for (const { attempt, verdict } of told) {
    if (verdict?.status === 'waiting' && attempt.rung !== 'direct') {
      return { status: 'unknown', error: undefined, until: verdict.until }
    }
  }
  return { status: 'clear' }
}
