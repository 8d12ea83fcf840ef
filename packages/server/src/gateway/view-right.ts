import * as v from 'valibot'

/** What a token gives a right to, and by whose right. */
export interface RightToView {
  /** Who may see it, or has shared it. */
  readonly minterId: string
  readonly tenantId: string | null
  readonly imageId: string
  readonly preset: string
  /** Null: without a mark. */
  readonly plan: string | null
  /** Of the image and of the minter, as they were when it was given. */
  readonly epochs: readonly [image: number, minter: number]
  /** Ms since the epoch, in whole seconds. */
  readonly issuedAt: number
  readonly expiresAt: number
}

export type ViewRight = RightToView &
  (
    | { readonly kind: 'view' }
    | {
        readonly kind: 'share'
        /** Its own id. */
        readonly id: string
        readonly uses: 'once' | 'many'
        /** The app's id of whom it is for. */
        readonly label: string | null
      }
  )

/** Each class of tokens has a type of its own, so that none passes for another. */
export const tokenTypes = {
  view: 'lightfast-view+jwt',
  share: 'lightfast-share+jwt',
} as const satisfies Record<ViewRight['kind'], string>

const seconds = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const name = v.pipe(v.string(), v.nonEmpty(), v.maxLength(256))

const common = {
  iss: v.string(),
  aud: v.string(),
  sub: name,
  iat: seconds,
  exp: seconds,
  img: name,
  pre: name,
  plan: v.exactOptional(name),
  ten: v.exactOptional(name),
  epo: v.strictTuple([seconds, seconds]),
}

const viewClaims = v.strictObject(common)

const shareClaims = v.strictObject({
  ...common,
  jti: name,
  once: v.boolean(),
  lbl: v.exactOptional(v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))),
})

/** Reads the claims of a token whose signature holds; undefined if any is missing, too many or not as it should be. */
export function toRight(type: unknown, claims: unknown): ViewRight | undefined {
  if (type === tokenTypes.view) {
    const { success, output } = v.safeParse(viewClaims, claims)
    return success ? { kind: 'view', ...toCommon(output) } : undefined
  }
  if (type !== tokenTypes.share) return undefined
  const { success, output } = v.safeParse(shareClaims, claims)
  if (!success) return undefined
  const { jti, once, lbl } = output
  return {
    kind: 'share',
    ...toCommon(output),
    id: jti,
    uses: once ? 'once' : 'many',
    label: lbl ?? null,
  }
}

/** Writes a right as claims: names by id, and no words. */
export function toClaims(right: ViewRight): Record<string, unknown> {
  const { minterId, imageId, preset, plan, tenantId, epochs, issuedAt, expiresAt } = right
  const isShare = right.kind === 'share'
  return {
    sub: minterId,
    iat: issuedAt / 1000,
    exp: expiresAt / 1000,
    img: imageId,
    pre: preset,
    epo: epochs,
    ...(plan !== null && { plan }),
    ...(tenantId !== null && { ten: tenantId }),
    ...(isShare && { jti: right.id, once: right.uses === 'once' }),
    ...(isShare && right.label !== null && { lbl: right.label }),
  }
}

function toCommon(claims: v.InferOutput<typeof viewClaims>): RightToView {
  return {
    minterId: claims.sub,
    tenantId: claims.ten ?? null,
    imageId: claims.img,
    preset: claims.pre,
    plan: claims.plan ?? null,
    epochs: claims.epo,
    issuedAt: claims.iat * 1000,
    expiresAt: claims.exp * 1000,
  }
}
