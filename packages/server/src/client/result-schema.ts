import { ImagesError } from '@lightfast/core'

/**
 * What reads a result: any schema that follows Standard Schema, and answers at once. Ours are valibot's.
 * @see https://standardschema.dev/
 */
export interface ResultSchema<Result> {
  readonly '~standard': {
    readonly validate: (value: unknown) => Validated<Result> | Promise<Validated<Result>>
  }
}

type Validated<Result> =
  | { readonly value: Result; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] }

interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * Reads a result.
 * @throws ImagesError that names the field, if it has another shape than documented.
 */
export async function readResult<Result>(
  value: unknown,
  schema: ResultSchema<Result>,
  operation: string,
): Promise<Result> {
  const read = await schema['~standard'].validate(value)
  if (!read.issues) return read.value
  const path = read.issues[0]?.path ?? []
  const field = path.map((at) => String(typeof at === 'object' ? at.key : at)).join('.')
  throw new ImagesError(
    'host_reply_invalid',
    `Cloudflare’s reply to ${operation} is not as documented, at "${field}".`,
  )
}
