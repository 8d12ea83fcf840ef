import { parse } from 'hono/utils/cookie'

/** Where a token is looked for: the header `Authorization: Bearer`, a cookie, or wherever a function finds it. */
export type TokenPlace =
  | 'bearer'
  | { readonly cookie: string }
  | ((request: Request) => string | null | undefined)

/** Reads the token of a request; undefined if there is none. */
export function readToken(request: Request, place: TokenPlace): string | undefined {
  if (typeof place === 'function') return place(request) ?? undefined
  if (place === 'bearer') return readBearer(request)
  const { cookie } = place
  return parse(request.headers.get('cookie') ?? '', cookie)[cookie]
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function readBearer({ headers }: Request): string | undefined {
  const [, token] = /^bearer +([\w.~+/=-]+)$/i.exec(headers.get('authorization') ?? '') ?? []
  return token
}
