import type { JWTPayload } from 'jose'
import * as v from 'valibot'
import type { Principal } from '../principal.ts'

/** Which claim holds what. A claim that is not named is not read. */
export interface ClaimNames {
  /** A list of strings. */
  readonly groups?: string
  readonly tenantId?: string
  readonly tier?: string
}

/** The same as a function, for claims that lie deeper. What it returns is checked all the same. */
export type ReadClaims = (payload: JWTPayload) => Omit<Principal, 'id'>

const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(255), v.regex(/^\P{Cc}*$/u))

const principalSchema = v.object({
  id: name,
  groups: v.pipe(v.nullish(v.array(name), []), v.maxLength(1000)),
  tenantId: v.nullish(name, null),
  tier: v.nullish(name, null),
})

/** Makes a principal of verified claims; undefined if one of them is not what it should be. */
export function readClaims(
  payload: JWTPayload,
  claims: ClaimNames | ReadClaims,
): Principal | undefined {
  const picked = typeof claims === 'function' ? attempt(claims, payload) : pick(payload, claims)
  const read = v.safeParse(principalSchema, { ...picked, id: payload.sub })
  return picked && read.success ? read.output : undefined
}

/** A function that trips over what it reads has read nothing. */
function attempt(readClaims: ReadClaims, payload: JWTPayload): object | undefined {
  try {
    return readClaims(payload) ?? undefined
  } catch {
    return undefined
  }
}

function pick(payload: JWTPayload, { groups, tenantId, tier }: ClaimNames): object {
  const read = (claim: string | undefined): unknown =>
    claim !== undefined && Object.hasOwn(payload, claim) ? payload[claim] : undefined
  return { groups: read(groups), tenantId: read(tenantId), tier: read(tier) }
}
