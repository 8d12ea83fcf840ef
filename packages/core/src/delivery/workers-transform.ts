import { checkTransform } from './option-rules.ts'
import type { Transform } from './transform.ts'

/** What the binding takes in two places. */
export interface BindingTransform {
  /** For `.transform()`. */
  readonly transform: Readonly<Record<string, unknown>>
  /** For `.output()`, which needs a format. */
  readonly output: Readonly<Record<string, unknown>>
}

/**
 * Makes the value of `cf.image` for a `fetch` in a Worker.
 * @throws TypeError naming an option that is for URLs only, such as `width: 'auto'`.
 * @see https://developers.cloudflare.com/images/optimization/transformations/transform-via-workers/
 */
export function toWorkersImage(transform: Transform): Readonly<Record<string, unknown>> {
  const options = checkTransform(transform, 'workers')
  return Object.fromEntries(options.map(({ rule, value }) => [rule.urlName, value]))
}

/**
 * Makes what `env.IMAGES.input(…).transform(…).output(…)` takes. Drawing is a method of its own there.
 * @throws TypeError naming what the binding cannot do, or if there is no format: it has no default.
 * @see https://developers.cloudflare.com/images/optimization/binding/
 */
export function toBindingTransform(transform: Transform): BindingTransform {
  checkTransform(transform, 'binding')
  const { format, quality, anim, background, gravity, ...rest } = transform
  if (format === undefined) throw new TypeError('The Images binding needs a format.')
  return {
    transform: {
      ...rest,
      ...(background !== undefined && { background }),
      ...(gravity !== undefined && { gravity: toBindingGravity(gravity) }),
    },
    output: {
      format: `image/${format}`,
      ...(quality !== undefined && { quality }),
      ...(anim !== undefined && { anim }),
      ...(background !== undefined && { background }),
    },
  }
}

/** Its types want to be told what a point is a share of: `remainder` is what URLs mean. */
function toBindingGravity(gravity: NonNullable<Transform['gravity']>): unknown {
  return typeof gravity === 'string' ? gravity : { ...gravity, mode: 'remainder' }
}
