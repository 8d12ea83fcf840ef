import * as v from 'valibot'
import { faultSteps } from './faults.ts'
import type { Fault } from './faults.ts'

/** Says which field of a list of faults is wrong. */
export class InvalidFaultsError extends TypeError {
  override readonly name = 'InvalidFaultsError'
  readonly field: string

  constructor(field: string, message: string) {
    super(`Fault ${field}: ${message}`)
    this.field = field
  }
}

/**
 * Parses a list of faults that came from outside.
 * @throws {InvalidFaultsError} naming the first field that is wrong, as in `0.atByte`.
 */
export function parseFaults(value: unknown): readonly Fault[] {
  const result = v.safeParse(faultsSchema, value)
  if (result.success) return result.output
  const [issue] = result.issues
  throw new InvalidFaultsError(v.getDotPath(issue) ?? '', issue.message)
}

/** As far as a clock may jump at once: dates have an end. */
const CENTURY_MS = 100 * 365 * 24 * 3_600_000

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least))
const optional = (least: number) => v.exactOptional(whole(least))
const requestSteps = faultSteps.filter((step) => step !== 'webhook')

/** The sender of webhooks knows no replies, so only a delay can stand on its step too. */
const onAny = targets([...faultSteps, 'api'], faultSteps)
const onRequest = targets([...requestSteps, 'api'], requestSteps)
const onUpload = v.literal('upload')
const onWebhook = v.literal('webhook')

function targets<One extends string, Several extends string>(
  one: readonly One[],
  several: readonly Several[],
) {
  const list = v.pipe(v.array(v.picklist(several)), v.minLength(1))
  return v.union([v.picklist(one), list], `Expected one of ${one.join(', ')} or a list of steps`)
}

const narrowing = {
  image: v.exactOptional(v.string()),
  after: optional(0),
  chance: v.exactOptional(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
}
/** Last, so that a fault is listed in the order in which it is written. */
const selectors = { ...narrowing, times: optional(1) }

const faultsSchema = v.array(
  v.variant('effect', [
    v.strictObject({
      on: onRequest,
      effect: v.literal('answer'),
      status: v.pipe(whole(200), v.maxValue(599)),
      code: optional(0),
      message: v.exactOptional(v.string()),
      retryAfterSeconds: optional(0),
      ...selectors,
    }),
    v.strictObject({ on: onAny, effect: v.literal('delay'), ms: whole(0), ...selectors }),
    v.strictObject({
      on: onRequest,
      effect: v.literal('bandwidth'),
      bytesPerSecond: whole(1),
      body: v.exactOptional(v.picklist(['request', 'reply'])),
      ...selectors,
    }),
    v.strictObject({ on: onRequest, effect: v.literal('drop'), atByte: whole(0), ...selectors }),
    v.strictObject({
      on: onRequest,
      effect: v.literal('truncate'),
      atByte: whole(0),
      ...selectors,
    }),
    v.strictObject({
      on: onRequest,
      effect: v.literal('malform'),
      as: v.picklist(['html', 'half', 'empty']),
      ...selectors,
    }),
    v.strictObject({ on: onRequest, effect: v.literal('stall'), ...selectors }),
    v.strictObject({ on: onRequest, effect: v.literal('lose-reply'), ...selectors }),
    v.strictObject({
      on: onUpload,
      effect: v.literal('refuse-later'),
      code: whole(0),
      message: v.string(),
      details: v.picklist(['draft', 'missing', 'refused']),
      ...selectors,
    }),
    v.strictObject({
      on: onUpload,
      effect: v.literal('settle-later'),
      ms: optional(0),
      ...selectors,
    }),
    v.strictObject({
      on: v.literal('list'),
      effect: v.literal('list-lag'),
      ms: whole(0),
      ...selectors,
    }),
    v.strictObject({
      on: onRequest,
      effect: v.literal('rate-limit'),
      seconds: optional(1),
      ...narrowing,
    }),
    v.strictObject({
      on: onRequest,
      effect: v.literal('clock-jump'),
      ms: v.pipe(v.number(), v.integer(), v.minValue(-CENTURY_MS), v.maxValue(CENTURY_MS)),
      ...selectors,
    }),
    v.strictObject({ on: onWebhook, effect: v.picklist(['lose', 'reorder']), ...selectors }),
    v.strictObject({
      on: onWebhook,
      effect: v.literal('duplicate'),
      copies: whole(1),
      ...selectors,
    }),
  ]),
)
