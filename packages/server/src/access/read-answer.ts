/** Reads what an engine answers: one of somebody else's may answer anything. */
import * as v from 'valibot'
import type { Decision, Scope } from './policy-engine.ts'

/** Asks whether an answer is a decision. One with an obligation that nobody here knows how to heed is none. */
export function isDecision(answer: unknown): answer is Decision {
  return v.is(decisionSchema, answer)
}

/** Asks whether an answer is a scope. A store would take a literal that it cannot read for another one. */
export function isScope(answer: unknown): answer is Scope {
  return v.is(scopeSchema, answer)
}

const decisionSchema = v.variant('allowed', [
  v.object({
    allowed: v.literal(true),
    by: v.string(),
    obligations: v.array(v.picklist(['watermark'])),
  }),
  v.object({ allowed: v.literal(false), by: v.string() }),
])

const literalSchema = v.union([
  v.strictObject({ owner: v.string(), is: v.boolean() }),
  v.strictObject({ tenant: v.nullable(v.string()), is: v.boolean() }),
  v.strictObject({ privacy: v.picklist(['private', 'public']) }),
  v.strictObject({ ready: v.boolean() }),
])

const scopeSchema = v.array(v.array(literalSchema))
