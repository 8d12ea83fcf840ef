import { drainBody } from './body.ts'
import type { MiddlewareHandler } from 'hono'
import type { Emulation, EmulatorEnv } from './emulation.ts'
import type { AnswerFault, Fault, FaultStep } from './faults.ts'
import type { Refusal } from './refusal.ts'

/** Creates the layer that delays a step or answers in its place; `say` words a refusal as that host does. */
export function faultLayer(
  { faults, config }: Emulation,
  step: FaultStep,
  say: (refusal: Refusal) => Response,
): MiddlewareHandler<EmulatorEnv> {
  return async function actOnStep(c, next) {
    const acting = faults.take(step)
    c.env.acted.push(...acting)
    for (const fault of acting) {
      if (fault.effect === 'delay') await config.sleep(fault.ms, c.req.raw.signal)
    }
    const answer = findFault(acting, 'answer')
    if (!answer) return next()
    await drainBody(c.req.raw)
    return toResponse(answer, say)
  }
}

/** Finds the fault of one kind among those that act on a request. */
export function findFault<Effect extends Fault['effect']>(
  acting: readonly Fault[],
  effect: Effect,
): Extract<Fault, { effect: Effect }> | undefined {
  return acting.find(
    (fault): fault is Extract<Fault, { effect: Effect }> => fault.effect === effect,
  )
}

function toResponse(fault: AnswerFault, say: (refusal: Refusal) => Response): Response {
  const { status, code, message = 'Emulated failure' } = fault
  const response =
    code === undefined ? new Response(message, { status }) : say({ status, code, message })
  if (fault.retryAfterSeconds !== undefined) {
    response.headers.set('Retry-After', String(fault.retryAfterSeconds))
  }
  return response
}
