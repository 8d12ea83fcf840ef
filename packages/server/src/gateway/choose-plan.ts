import { ImagesError } from '@lightfast/core'
import type { Decision } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import type { GatewayConfig } from './gateway-config.ts'

export interface PlanQuestion {
  readonly decision: Extract<Decision, { readonly allowed: true }>
  readonly wanted: string | undefined
}

/**
 * Chooses the plan of a rendition. Whom the policy obliges to a mark gets the one that is due, and cannot ask for another;
 * who is free gets what it asks for.
 */
export function choosePlan(
  config: Pick<GatewayConfig, 'plans' | 'choosePlan'>,
  principal: Principal,
  { decision, wanted }: PlanQuestion,
): string | null {
  if (wanted !== undefined && !Object.hasOwn(config.plans, wanted)) {
    throw new ImagesError('invalid_request', 'There is no such watermark plan.', { field: 'plan' })
  }
  if (!decision.obligations.includes('watermark')) return wanted ?? null
  const due = config.choosePlan(principal)
  if (due === null || (wanted !== undefined && wanted !== due)) {
    throw new ImagesError(
      'forbidden',
      'This image is shown with the watermark that is due, or not.',
    )
  }
  if (Object.hasOwn(config.plans, due)) return due
  throw new TypeError(`choosePlan chose "${due}", and there is no such watermark plan.`)
}
