import * as v from 'valibot'
import { actions } from '@lightfast/core'
import type { Action } from '@lightfast/core'
import type { Obligation } from './policy-engine.ts'
import { simpleRules } from './rules.ts'
import type { Rule } from './rules.ts'

/** Allows actions where its rule is true. */
export interface Grant {
  /** Unique in its policy: decisions, explanations and audits name it. */
  readonly id: string
  readonly when: Rule
  readonly actions: readonly Action[]
  /** What whoever it lets through has to heed. @default none */
  readonly obligations?: readonly Obligation[]
}

/**
 * Checks grants, and copies them, so that nothing that the caller keeps can change the policy.
 * @throws TypeError that names the grant and what is wrong with it.
 */
export function readGrants(given: readonly Grant[]): readonly Required<Grant>[] {
  const grants = given.map(readGrant)
  const ids = grants.map(({ id }) => id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice === undefined) return grants
  throw new TypeError(`There are two grants "${twice}": give each an id of its own.`)
}

const name = v.pipe(v.string(), v.nonEmpty())

const ruleSchema: v.GenericSchema<Rule> = v.lazy(() =>
  v.variant('type', [
    v.strictObject({ type: v.picklist(simpleRules) }),
    v.strictObject({ type: v.literal('in-group'), name }),
    v.strictObject({
      type: v.picklist(['all', 'any']),
      rules: v.pipe(v.array(ruleSchema), v.minLength(1)),
    }),
    v.strictObject({ type: v.literal('not'), rule: ruleSchema }),
  ]),
)

const grantSchema = v.strictObject({
  id: name,
  when: ruleSchema,
  actions: v.pipe(v.array(v.picklist(actions)), v.minLength(1)),
  obligations: v.optional(v.array(v.picklist(['watermark'])), []),
})

function readGrant(given: Grant, at: number): Required<Grant> {
  const known = typeof given?.id === 'string' ? `"${given.id}"` : `number ${at + 1}`
  const [grant, why] = parse(given)
  // Decisions carry the obligations out of here.
  if (grant) return { ...grant, obligations: Object.freeze(grant.obligations) }
  throw new TypeError(`The grant ${known} is none: ${why}.`)
}

function parse(given: unknown): [Required<Grant>] | [undefined, string] {
  try {
    const { success, output, issues } = v.safeParse(grantSchema, given)
    return success
      ? [output]
      : [undefined, `${v.getDotPath(issues[0]) ?? 'it'}: ${issues[0].message}`]
  } catch (error) {
    // A rule that is a part of itself, or nests thousands deep, runs out of stack.
    if (error instanceof RangeError) return [undefined, 'its rule nests too deep']
    throw error
  }
}
