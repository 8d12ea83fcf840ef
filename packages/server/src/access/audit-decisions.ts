import { checkNumber, duration } from '../read-config.ts'
import { settleWithin } from '../resilience/settle-within.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { denied } from './decide.ts'
import type { Action } from '@lightfast/core'
import type { PolicyEngine } from './policy-engine.ts'
import { isDecision, isScope } from './read-answer.ts'

/** A decision, for an audit. */
export interface AuditedDecision {
  readonly principalId: string
  readonly action: Action
  /** Null for a list that is empty because its scope could not be computed. */
  readonly imageId: string | null
  readonly allowed: boolean
  /** The grant or the wall, `no-grant`, or `error`. */
  readonly by: string
  /** Ms since the epoch. */
  readonly at: number
  /** Why there was no decision, as the engine put it: for your log, and for no client. */
  readonly cause?: unknown
}

export interface AuditDecisionsOptions extends Partial<AuditSurroundings> {
  /** Told of every denial. What it throws is dropped. */
  readonly onDecision: (decision: AuditedDecision) => unknown
  /** Of what is allowed, the share that it is told too: from 0 to 1. @default 0 */
  readonly sampleAllowed?: number
  /** How long the engine may take; after that the answer is no. @default 1000 */
  readonly decideWithinMs?: number
}

type AuditSurroundings = Pick<Surroundings, 'now' | 'random' | 'schedule'>

/**
 * Audits an engine, and has any engine keep what `PolicyEngine` promises: where it rejects, takes too long or answers what is no answer,
 * the decision is no, and the scope holds nothing.
 * @throws RangeError or TypeError that names the option that is none.
 */
export function auditDecisions(engine: PolicyEngine, options: AuditDecisionsOptions): PolicyEngine {
  const config = readOptions(options)
  return Object.freeze<PolicyEngine>({
    async check(principal, action, image) {
      const asked = await ask(config, () => engine.check(principal, action, image), isDecision)
      const { answer = denied('error'), ...why } = asked
      const { allowed, by } = answer
      const ids = { principalId: principal?.id, imageId: image?.id }
      if (!allowed || config.random() < config.sampleAllowed) {
        void tell(config, { ...ids, action, allowed, by, at: config.now(), ...why })
      }
      return answer
    },
    async scope(principal, action) {
      const asked = await ask(config, () => engine.scope(principal, action), isScope)
      const { answer, ...why } = asked
      if (answer) return answer
      const what = { principalId: principal?.id, action, imageId: null, at: config.now() }
      void tell(config, { ...what, allowed: false, by: 'error', ...why })
      return []
    },
  })
}

interface AuditConfig extends AuditSurroundings {
  readonly onDecision: AuditDecisionsOptions['onDecision']
  readonly sampleAllowed: number
  readonly decideWithinMs: number
}

function readOptions({
  onDecision,
  sampleAllowed = 0,
  decideWithinMs = 1000,
  ...surroundings
}: AuditDecisionsOptions): AuditConfig {
  checkNumber('sampleAllowed', sampleAllowed, { min: 0, max: 1 })
  checkNumber('decideWithinMs', decideWithinMs, duration)
  return { ...defaultSurroundings, ...surroundings, onDecision, sampleAllowed, decideWithinMs }
}

type Asked<Answer> =
  | { readonly answer: Answer }
  | { readonly answer?: undefined; readonly cause: unknown }

async function ask<Answer>(
  { schedule, decideWithinMs: ms }: AuditConfig,
  begin: () => Promise<Answer>,
  isAnswer: (answer: unknown) => answer is Answer,
): Promise<Asked<Answer>> {
  const onTime = (_: unknown, reject: (reason: unknown) => void): void =>
    reject(new Error(`The engine did not answer within ${ms} ms.`))
  try {
    const answer: unknown = await settleWithin<Answer>(
      { schedule, ms, signal: undefined, onTime },
      // An engine that answers without a promise has answered all the same.
      (resolve, reject) => void Promise.resolve(begin()).then(resolve, reject),
    )
    if (isAnswer(answer)) return { answer }
    return { cause: new TypeError('The engine answered, but not as PolicyEngine documents.') }
  } catch (cause) {
    return { cause }
  }
}

/** An audit that fails decides nothing, and no decision waits for it. */
async function tell(
  { onDecision }: AuditConfig,
  decision: Parameters<AuditConfig['onDecision']>[0],
): Promise<void> {
  try {
    await onDecision(decision)
  } catch {
    // Whoever listens has to look after their own failures.
  }
}
