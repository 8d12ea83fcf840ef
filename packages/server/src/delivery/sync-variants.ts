import { MAX_VARIANTS } from '@lightfast/core'
import type { AccountVariant, Variant, VariantsResource } from '../client/variants.ts'

/** What would make an account have the variants that are wanted. Nothing is ever deleted. */
export interface VariantPlan {
  readonly create: readonly Variant[]
  readonly change: readonly VariantChange[]
  /** Those that are as they should be. */
  readonly leave: readonly string[]
  /** Those that nobody wants here: made by hand, by another app, or by presets that were. They stay. */
  readonly foreign: readonly string[]
  /** How many the account would have. */
  readonly total: number
}

export interface VariantChange {
  readonly from: AccountVariant
  readonly to: Variant
}

/** Compares what is wanted with what there is. */
export function planVariants(
  wanted: readonly Variant[],
  account: readonly AccountVariant[],
): VariantPlan {
  const there = new Map(account.map((variant) => [variant.id, variant]))
  const names = new Set(wanted.map(({ id }) => id))
  const both = wanted.flatMap((to) => {
    const from = there.get(to.id)
    return from ? [{ from, to }] : []
  })
  const create = wanted.filter(({ id }) => !there.has(id))
  return {
    create,
    change: both.filter(({ from, to }) => findDifferences(from, to).length > 0),
    leave: both
      .filter(({ from, to }) => findDifferences(from, to).length === 0)
      .map(({ to }) => to.id),
    foreign: account.map(({ id }) => id).filter((id) => !names.has(id)),
    total: account.length + create.length,
  }
}

/** How many variants too many there would be. */
export function excessOf({ total, create }: VariantPlan): number {
  return create.length === 0 ? 0 : Math.max(0, total - MAX_VARIANTS)
}

/**
 * Creates and changes what the plan says, one after the other. If that is cut off, a new plan has what is left.
 * @throws TypeError, before anything is done, if the account has no room for it.
 */
export async function applyVariantPlan(
  plan: VariantPlan,
  variants: Pick<VariantsResource, 'create' | 'update'>,
  onDone: (id: string) => void = () => undefined,
): Promise<void> {
  const excess = excessOf(plan)
  if (excess > 0) {
    throw new TypeError(
      `The account would have ${plan.total} variants: it has room for ${MAX_VARIANTS}.`,
    )
  }
  for (const variant of plan.create) {
    await variants.create(variant)
    onDone(variant.id)
  }
  for (const { to } of plan.change) {
    const { id, ...options } = to
    await variants.update(id, options)
    onDone(id)
  }
}

/** One thing that a variant does and should not. */
export interface Difference {
  readonly option: string
  readonly from: string
  readonly to: string
}

/** Tells in what a variant differs from what is wanted. */
export function findDifferences(from: AccountVariant, to: Variant): readonly Difference[] {
  const wanted = { ...defaults, ...to }
  const has = Object.entries(from)
  return Object.entries(wanted)
    .map(([option, value]) => ({
      option,
      from: String(has.find(([name]) => name === option)?.[1]),
      to: String(value),
    }))
    .filter((difference) => difference.from !== difference.to)
}

const defaults = { metadata: 'none', browserTtlSeconds: null, neverRequireSignedURLs: false }
