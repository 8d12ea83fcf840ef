import * as v from 'valibot'
import { readBody } from '../body.ts'
import { parseJson } from '../form.ts'
import { InvalidFaultsError } from '../parse-faults.ts'

/** Says which field of a request to the control API is wrong. */
export class InvalidRequestError extends TypeError {
  override readonly name = 'InvalidRequestError'
  readonly field: string

  constructor(field: string, message: string) {
    super(message)
    this.field = field
  }
}

const MAX_BYTES = 64 * 1024

/** Reads a JSON body that is not larger than a switchboard needs. */
export async function readJsonBody(request: Request): Promise<unknown> {
  const bytes = await readBody(request, { maxBytes: MAX_BYTES })
  if (bytes === 'too-large') throw new InvalidFaultsError('', `more than ${MAX_BYTES} bytes`)
  return parseJson(new TextDecoder().decode(bytes))
}

/**
 * Reads a JSON body of one shape.
 * @throws {InvalidRequestError} naming the first field that is wrong.
 */
export async function readShape<Schema extends v.GenericSchema>(
  request: Request,
  schema: Schema,
): Promise<v.InferOutput<Schema>> {
  const result = v.safeParse(schema, await readJsonBody(request))
  if (result.success) return result.output
  const [issue] = result.issues
  throw new InvalidRequestError(v.getDotPath(issue) ?? '', issue.message)
}
