import type { ImageFacts, PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import type { FetchPicture } from '../delivery/fetch-picture.ts'
import type { Rendition, RenditionCache } from '../delivery/rendition-cache.ts'
import type { ImageRecord } from '../uploads/record.ts'
import type { PicturePlan } from './picture.ts'
import type { PlaceholderSign } from './placeholder.ts'

/** Where pictures come from, and who may see them. */
export interface PictureDoors {
  /** Asked on every read: what is kept is a picture, never a right. */
  readonly policy: PolicyEngine
  readonly source: FetchPicture
  readonly cache: RenditionCache
  /** Sets what `source` gives apart from what else is kept in the same cache, such as the name of its variant. @default 'picture' */
  readonly cacheKey?: string
  /**
   * Where a picture comes from that may only be shown with a mark on it. Its key has to name the mark.
   * @default such a picture is not shown
   */
  readonly watermarked?: (principal: Principal, record: ImageRecord) => PicturePlan
}

/** What may be shown, and how it is to be had; or why nothing may. */
export type Decided =
  | { readonly status: 'shown'; readonly record: ImageRecord; readonly plan: PicturePlan }
  | { readonly status: 'withheld'; readonly reason: 'no-image' | 'watermark' }

/** What somebody wants to see. */
export interface WantedPicture {
  /** Finds the record that is wanted; and, if that one cannot be shown, those before it. */
  readonly find: (before?: ImageRecord) => Promise<readonly ImageRecord[]>
  /** What the policy is asked about if there is no record. */
  readonly decoy: ImageFacts
  /** What is drawn if there is nothing to be shown. */
  readonly placeholder: PlaceholderWanted
}

export interface PlaceholderWanted {
  readonly id: string
  readonly name: () => Promise<string | null>
  readonly sign: PlaceholderSign
}

export interface PictureFinder {
  /** Decides what may be shown. Rejects if that cannot be found out. */
  readonly decide: (principal: Principal, wanted: WantedPicture) => Promise<Decided>
  /**
   * Finds the newest of the earlier pictures that is kept and may be shown as well: one that was deleted is not found. It does not reject.
   */
  readonly findBefore: (
    principal: Principal,
    wanted: WantedPicture,
    current: ImageRecord,
  ) => Promise<Rendition | undefined>
}

/** Finds pictures that may be shown. Each is decided about by itself, and each time anew. */
export function createPictureFinder(doors: PictureDoors): PictureFinder {
  return {
    async decide(principal, { find, decoy }) {
      const [record] = await find()
      return decideOn(doors, principal, { record, decoy })
    },
    async findBefore(principal, { find, decoy }, current) {
      const records = await find(current).catch(() => [])
      for (const record of records) {
        const decided = await decideOn(doors, principal, { record, decoy })
        const kept =
          decided.status === 'shown' ? await doors.cache.get(decided.plan.key) : undefined
        if (kept) return kept
      }
      return undefined
    },
  }
}

/** No record and no right are the same; without a record the policy is asked about the decoy, so that they also take the same time. */
async function decideOn(
  { policy, source, cacheKey = 'picture', watermarked }: PictureDoors,
  principal: Principal,
  { record, decoy }: { readonly record: ImageRecord | undefined; readonly decoy: ImageFacts },
): Promise<Decided> {
  const decision = await policy.check(principal, 'view', record ?? decoy)
  if (!record || !decision.allowed) return { status: 'withheld', reason: 'no-image' }
  if (decision.obligations.length > 0) {
    if (!watermarked) return { status: 'withheld', reason: 'watermark' }
    return { status: 'shown', record, plan: watermarked(principal, record) }
  }
  const key = [cacheKey, record.id, record.cloudflareId].join(':')
  return { status: 'shown', record, plan: { key, fetch: (signal) => source(record, signal) } }
}
