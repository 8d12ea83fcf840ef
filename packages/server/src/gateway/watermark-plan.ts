import * as v from 'valibot'

/** Where a mark is. Lengths are in pixels of a picture as wide as the plan's base. */
export type MarkPlace =
  | {
      readonly at: 'top-left' | 'top-right' | 'bottom-left' | 'bottom-right'
      /** From both edges of that corner. */
      readonly inset: number
    }
  | { readonly at: 'center' }
  /** All over the picture, every other row shifted by half a step. */
  | { readonly at: 'tile'; readonly gap: number }

interface MarkLook {
  /** More than 0, and 1 at the most, which hides what is below. */
  readonly opacity: number
  readonly place: MarkPlace
  /** Degrees, clockwise. @default 0 */
  readonly rotate?: number
  /** How wide the picture is of which all lengths are told. On others a mark shrinks and grows with it. @default 1600 */
  readonly baseWidth?: number
}

export interface ImagePlan extends MarkLook {
  readonly type: 'image'
  /** The name of one of the gateway's overlays: never a URL. */
  readonly src: string
  readonly width: number
}

export interface TextPlan extends MarkLook {
  readonly type: 'text'
  /** `{viewer}` stands for whom the picture is shown to, `{date}` for the day on which the right was given. */
  readonly text: string
  /** The height of a line. */
  readonly size: number
  /** Such as `#ffffff`. */
  readonly color: string
}

/**
 * A mark as data. The words of a viewer are put in when it is drawn. Around it is a soft shade of the opposite, so that
 * it can be seen on any ground.
 */
export type WatermarkPlan = ImagePlan | TextPlan

const corner = { at: 'bottom-right', inset: 24 } as const

/** The recipe's two tiers, which need an overlay named `logo`, and a text for links that are given away. */
export const defaultWatermarkPlans = {
  premium: { type: 'image', src: 'logo', width: 160, opacity: 0.4, place: corner },
  free: { type: 'image', src: 'logo', width: 240, opacity: 0.7, place: corner },
  shared: {
    type: 'text',
    text: 'shared with {viewer} on {date}',
    size: 30,
    color: '#ffffff',
    opacity: 0.5,
    place: { at: 'tile', gap: 60 },
    rotate: -24,
  },
} as const satisfies Record<string, WatermarkPlan>

export const DEFAULT_BASE_WIDTH = 1600
const MAX_TEMPLATE_LENGTH = 200

const length = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(10_000))
const size = v.pipe(length, v.minValue(1))

const look = {
  opacity: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  place: v.variant('at', [
    v.strictObject({
      at: v.picklist(['top-left', 'top-right', 'bottom-left', 'bottom-right']),
      inset: length,
    }),
    v.strictObject({ at: v.literal('center') }),
    v.strictObject({ at: v.literal('tile'), gap: length }),
  ]),
  rotate: v.exactOptional(v.pipe(v.number(), v.minValue(-360), v.maxValue(360))),
  baseWidth: v.exactOptional(size),
}

const planSchema = v.variant('type', [
  v.strictObject({
    ...look,
    type: v.literal('image'),
    src: v.pipe(v.string(), v.nonEmpty()),
    width: size,
  }),
  v.strictObject({
    ...look,
    type: v.literal('text'),
    text: v.pipe(
      v.string(),
      v.nonEmpty(),
      v.maxLength(MAX_TEMPLATE_LENGTH),
      v.check((text) => !/[{}]/.test(text.replaceAll(/\{(?:viewer|date)\}/g, ''))),
    ),
    size,
    color: v.pipe(v.string(), v.regex(/^#[\da-f]{6}$/i)),
  }),
])

/** Checks a plan. @throws TypeError that names the plan and what is wrong with it. */
export function checkPlan(id: string, plan: WatermarkPlan): void {
  const { issues } = v.safeParse(planSchema, plan)
  if (!issues) return
  const at = v.getDotPath(issues[0]) ?? 'type'
  throw new TypeError(`The watermark plan "${id}" is not right at "${at}": ${issues[0].message}`)
}
