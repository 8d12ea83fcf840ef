import { ConnectionDroppedError, drainBody, readBody } from './body.ts'
import { cutReply } from './cut-reply.ts'
import { findFault } from './faults.ts'
import { isAboutImage } from './is-about-image.ts'
import { malformReply } from './malform-reply.ts'
import { paceBody, withBody } from './pace.ts'
import type { Context, MiddlewareHandler } from 'hono'
import type { Emulation, EmulatorEnv } from './emulation.ts'
import type { AnswerFault, Fault, FaultStep } from './faults.ts'
import type { Refusal } from './refusal.ts'

/** Creates the layer in which faults act on a step; `say` words a refusal as that host does. */
export function faultLayer(
  emulation: Emulation,
  step: FaultStep,
  say: (refusal: Refusal) => Response,
): MiddlewareHandler<EmulatorEnv> {
  return async function actOnStep(c, next) {
    const { url } = c.req.raw
    const acting = emulation.faults.take(step, (id) => isAboutImage(url, id))
    c.env.acted.push(...acting)
    await hinder(c, acting, emulation)
    const answer = await answerInstead(c.req.raw, acting, { emulation, say })
    if (answer) c.res = answer
    else await next()
    await spoil(c, acting, emulation)
  }
}

/** Does what comes before the step. */
async function hinder(
  c: Context<EmulatorEnv>,
  acting: readonly Fault[],
  { clock, config }: Emulation,
): Promise<void> {
  for (const fault of acting) {
    if (fault.effect === 'clock-jump') clock.jump(fault.ms)
    if (fault.effect === 'delay') await config.sleep(fault.ms, c.req.raw.signal)
  }
  const bytesPerSecond = speedOf('request', acting)
  const { body, signal } = c.req.raw
  if (bytesPerSecond === undefined || !body) return
  const pace = { bytesPerSecond, sleep: config.sleep, signal }
  c.req.raw = withBody(c.req.raw, paceBody(body, pace))
}

interface Surroundings {
  readonly emulation: Emulation
  readonly say: (refusal: Refusal) => Response
}

/** Does what takes the place of the step. */
async function answerInstead(
  request: Request,
  acting: readonly Fault[],
  { emulation, say }: Surroundings,
): Promise<Response | undefined> {
  const drop = findFault(acting, 'drop')
  if (drop) await readBody(request, { maxBytes: 0, dropAt: drop.atByte })
  if (findFault(acting, 'stall')) await waitUntilLeft(request.signal)
  const limit = findFault(acting, 'rate-limit')
  const answer = findFault(acting, 'answer')
  if (!limit && !answer) return undefined
  await drainBody(request)
  if (answer) return toResponse(answer, say)
  const reply = say(emulation.config.settings.rateLimited)
  reply.headers.set('Retry-After', String(limit?.seconds))
  return reply
}

/** Does to the reply what comes after the step. */
async function spoil(
  c: Context<EmulatorEnv>,
  acting: readonly Fault[],
  { config }: Emulation,
): Promise<void> {
  if (findFault(acting, 'lose-reply')) throw new ConnectionDroppedError()
  const malform = findFault(acting, 'malform')
  if (malform) replace(c, await malformReply(c.res, malform.as))
  const bytesPerSecond = speedOf('reply', acting)
  if (bytesPerSecond !== undefined && c.res.body) {
    const pace = { bytesPerSecond, sleep: config.sleep, signal: c.req.raw.signal }
    replace(c, new Response(paceBody(c.res.body, pace), c.res))
  }
  const truncate = findFault(acting, 'truncate')
  if (truncate) replace(c, cutReply(c.res, truncate.atByte))
}

/** Without the first line Hono would put the headers of the old reply into the new one. */
function replace(c: Context<EmulatorEnv>, reply: Response): void {
  c.res = undefined
  c.res = reply
}

function speedOf(body: 'request' | 'reply', acting: readonly Fault[]): number | undefined {
  const speeds = acting
    .filter((fault) => fault.effect === 'bandwidth')
    .filter((fault) => (fault.body ?? body) === body)
    .map(({ bytesPerSecond }) => bytesPerSecond)
  return speeds.length > 0 ? Math.min(...speeds) : undefined
}

/** Rejects when the caller leaves, and never otherwise. */
function waitUntilLeft(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = (): void => reject(new ConnectionDroppedError())
    if (signal.aborted) leave()
    signal.addEventListener('abort', leave, { once: true })
  })
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
