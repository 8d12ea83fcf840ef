import { sValidator } from '@hono/standard-validator'
import { ImagesError } from '@lightfast/core'
import type { Env, MiddlewareHandler, ValidationTargets } from 'hono'
import type { GenericSchema, InferInput, InferOutput } from 'valibot'

/** What hono's `c.req.valid(target)` then answers. */
interface Parsed<Target extends keyof ValidationTargets, Schema extends GenericSchema> {
  readonly in: Record<Target, InferInput<Schema>>
  readonly out: Record<Target, InferOutput<Schema>>
}

/**
 * Parses the body or the query of a request.
 * @throws ImagesError `invalid_request` that names the first field that is wrong.
 */
export function validate<Target extends keyof ValidationTargets, Schema extends GenericSchema>(
  target: Target,
  schema: Schema,
): MiddlewareHandler<Env, string, Parsed<Target, Schema>> {
  return sValidator(target, schema, (result) => {
    if (result.success) return
    const [issue] = result.error
    const field = (issue?.path ?? []).map(toKey).join('.')
    throw new ImagesError('invalid_request', `"${field}" is not as documented.`, { field })
  })
}

function toKey(part: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof part === 'object' ? part.key : part)
}
