import { decide } from './decide.ts'
import type { PolicyParts, Question } from './decide.ts'
import { explainRule } from './explain-rule.ts'
import type { ExplainedRule } from './explain-rule.ts'
import type { Action } from '@lightfast/core'
import type { Decision, Obligation } from './policy-engine.ts'
import { toAsker, toStanding } from './standing.ts'
import type { Asker, Standing } from './standing.ts'

/** How a decision came about: plain data, in which nobody is named but who asked. */
export interface Explanation {
  readonly principalId: string
  readonly action: Action
  readonly imageId: string
  readonly decision: Decision
  /** Each must be true before any grant counts. None, if the principal is nobody or cannot be read. */
  readonly walls: readonly ExplainedWall[]
  readonly grants: readonly ExplainedGrant[]
  /** The same for a log: the decision, then a line for each wall and grant. */
  readonly text: string
}

export interface ExplainedWall {
  readonly id: string
  readonly rule: ExplainedRule
}

export interface ExplainedGrant extends ExplainedWall {
  /** Whether it speaks of this action at all. */
  readonly covers: boolean
  readonly obligations: readonly Obligation[]
}

/** Explains a decision, without changing it. */
export function explainDecision(parts: PolicyParts, question: Question): Explanation {
  const { principal, action, image } = question
  const told = {
    principalId: principal?.id,
    action,
    imageId: image?.id,
    decision: decide(parts, question),
    ...explainParts(parts, question),
  }
  return { ...told, text: toText(told) }
}

function explainParts(
  parts: PolicyParts,
  question: Question,
): Pick<Explanation, 'walls' | 'grants'> {
  const seen = look(question)
  if (!seen) return { walls: [], grants: [] }
  const { asker, standing } = seen
  const walls = parts.walls.map(({ id, when }) => ({
    id,
    rule: explainRule(when, asker.groups, standing),
  }))
  const grants = parts.grants.map(({ id, when, actions, obligations }) => ({
    id,
    covers: actions.includes(question.action),
    obligations,
    rule: explainRule(when, asker.groups, standing),
  }))
  return { walls, grants }
}

function look({
  principal,
  image,
}: Question): { readonly asker: Asker; readonly standing: Standing } | undefined {
  try {
    const asker = toAsker(principal)
    return asker && { asker, standing: toStanding(asker, image) }
  } catch {
    // The decision says `error`.
    return undefined
  }
}

function toText({
  principalId,
  action,
  imageId,
  decision,
  walls,
  grants,
}: Omit<Explanation, 'text'>): string {
  const may = decision.allowed ? 'may' : 'may not'
  return [
    `${JSON.stringify(principalId)} ${may} ${action} ${JSON.stringify(imageId)}, by ${decision.by}`,
    ...walls.map(({ id, rule }) => `  wall ${id}: ${rule.is ? 'passed' : 'stops'}, ${rule.why}`),
    ...grants.map(toGrantLine),
  ].join('\n')
}

function toGrantLine({ id, covers, rule, obligations }: ExplainedGrant): string {
  const what = !covers ? 'not of this action' : rule.is ? 'allows' : 'does not allow'
  const heed = rule.is && obligations.length > 0 ? ` with ${obligations.join(', ')}` : ''
  return `  grant ${JSON.stringify(id)}: ${what}${heed}, ${rule.why}`
}
