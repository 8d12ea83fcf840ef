import * as v from 'valibot'

/** The steps a fault can be put on: every endpoint of the API, and the other hosts. */
export const faultSteps = [
  'direct-upload',
  'api-upload',
  'list',
  'details',
  'update',
  'delete',
  'blob',
  'stats',
  'keys',
  'variants',
  'config',
  'batch-token',
  'upload',
  'delivery',
] as const

/** Names a step. */
export type FaultStep = (typeof faultSteps)[number]

/** Answers a step with a status; without a `code` the body is plain text, as from a gateway in front of the API. */
export interface AnswerFault {
  readonly on: FaultStep
  readonly effect: 'answer'
  readonly status: number
  readonly code?: number
  readonly message?: string
  readonly retryAfterSeconds?: number
  readonly times?: number
}

/** Makes a step wait before it does anything else. */
export interface DelayFault {
  readonly on: FaultStep
  readonly effect: 'delay'
  readonly ms: number
  readonly times?: number
}

/** Cuts the connection once that many bytes of the body were read, at the latest when all were. */
export interface DropFault {
  readonly on: 'upload'
  readonly effect: 'drop'
  readonly atByte: number
  readonly times?: number
}

/** Takes the file with a 200 and refuses it afterwards; `details` says what image details then answer. */
export interface RefuseLaterFault {
  readonly on: 'upload'
  readonly effect: 'refuse-later'
  readonly code: number
  readonly message: string
  readonly details: 'draft' | 'missing' | 'refused'
  readonly times?: number
}

/** One thing that goes wrong, as data. `times` counts down; without it the fault stays until it is removed. */
export type Fault = AnswerFault | DelayFault | DropFault | RefuseLaterFault

/** A fault and how often it will still act; `null` means until it is removed. */
export type ListedFault = Fault & { readonly remaining: number | null }

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

const whole = (least: number) => v.pipe(v.number(), v.integer(), v.minValue(least))
const times = v.exactOptional(whole(1))
const step = v.picklist(faultSteps)
const upload = v.literal('upload')

const faultsSchema = v.array(
  v.variant('effect', [
    v.strictObject({
      on: step,
      effect: v.literal('answer'),
      status: v.pipe(whole(200), v.maxValue(599)),
      code: v.exactOptional(whole(0)),
      message: v.exactOptional(v.string()),
      retryAfterSeconds: v.exactOptional(whole(0)),
      times,
    }),
    v.strictObject({ on: step, effect: v.literal('delay'), ms: whole(0), times }),
    v.strictObject({ on: upload, effect: v.literal('drop'), atByte: whole(0), times }),
    v.strictObject({
      on: upload,
      effect: v.literal('refuse-later'),
      code: whole(0),
      message: v.string(),
      details: v.picklist(['draft', 'missing', 'refused']),
      times,
    }),
  ]),
)
