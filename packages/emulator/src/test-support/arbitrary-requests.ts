import * as fc from 'fast-check'
import { localAccount } from '../options.ts'
import type { Arbitrary } from 'fast-check'

/** A request as data, so that a find can be printed and kept. */
export interface Asked {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
}

/** Every kind of body somebody may send. */
export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'form'; readonly parts: readonly Part[] }

type Part = readonly [name: string, value: string | Uint8Array<ArrayBuffer>]

/** Makes the request; a GET or HEAD loses its body, as on any client. */
export function toRequest({ method, path, headers, body }: Asked, origin: string): Request {
  const init: RequestInit = { method, headers: { ...headers } }
  if (!/^(?:get|head)$/i.test(method)) init.body = toBody(body)
  return new Request(`${origin}${path.startsWith('/') ? '' : '/'}${path}`, init)
}

function toBody(body: Body): BodyInit | null {
  if (body.kind === 'none') return null
  if (body.kind === 'text') return body.text
  if (body.kind === 'bytes') return body.bytes
  const form = new FormData()
  for (const [name, value] of body.parts) {
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new File([value], name))
  }
  return form
}

/** What makes parsers stumble; the markup tells an echo that is not escaped. */
export const markup = '<img src=x onerror=alert(1)>'

const nasty = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('', ' ', '0', '-1', '1', '10', '1e999', 'NaN', 'null') },
  { weight: 4, arbitrary: fc.constantFrom('true', 'false', '{}', '[]', '{"a":1}', '"', '\\', '/') },
  {
    weight: 4,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty'),
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom('..', '%2e%2e', '%2F', '%', '%zz', '%00', '%ff', ';', ':'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(markup, encodeURIComponent(markup), '💥', '\u202e', 'ä'),
  },
  { weight: 1, arbitrary: fc.constantFrom('a'.repeat(5000), 'a/'.repeat(2000), '[['.repeat(2000)) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
)

/** Mostly what is known, now and then what is not. */
const mostly = (...known: readonly string[]): Arbitrary<string> =>
  fc.oneof({ weight: 15, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: nasty })

const seldom = <Value>(arbitrary: Arbitrary<Value>): Arbitrary<Value | null> =>
  fc.oneof({ weight: 11, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })

const query = (...names: readonly string[]): Arbitrary<string> =>
  fc
    .array(fc.tuple(mostly(...names), nasty), { maxLength: 2 })
    .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))
    .map((text) => (text === '' ? '' : `?${text}`))

const method = fc.constantFrom(
  'GET',
  'GET',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'HEAD',
  'OPTIONS',
  'QUERY',
)

/** Only what a header may hold. */
const headerValue = nasty.map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?').trim())

const contentType = mostly(
  'application/json',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'text/plain',
  'image/png',
).map((text) => text.replaceAll(/[^\x20-\x7e]/g, '?').trim())

/** Each is there now and then. */
const commonHeaders = fc
  .tuple(
    fc.option(contentType),
    seldom(headerValue),
    seldom(fc.constantFrom('http://localhost:8788', 'https://evil.example')),
  )
  .map(([type, accept, origin]) => ({
    ...(type !== null && { 'Content-Type': type }),
    ...(accept !== null && { Accept: accept }),
    ...(origin !== null && { Origin: origin }),
  }))

const headers = (
  own: Readonly<Record<string, Arbitrary<string>>>,
): Arbitrary<Record<string, string>> =>
  fc.tuple(commonHeaders, fc.record(own)).map(([common, own]) => ({ ...common, ...own }))

const fields = [
  'file',
  'url',
  'id',
  'metadata',
  'requireSignedURLs',
  'creator',
  'expiry',
  'name',
] as const

const formBody = (pictures: readonly Uint8Array<ArrayBuffer>[]): Arbitrary<Body> => {
  const cut = fc
    .tuple(fc.constantFrom(...pictures), fc.nat(1000))
    .map(([picture, share]) => picture.slice(0, Math.ceil((picture.length * share) / 800)))
  const part = fc.tuple(
    mostly(...fields),
    fc.oneof(nasty, cut, fc.uint8Array({ maxLength: 50 })),
  ) as Arbitrary<Part>
  const parts = fc.oneof(
    { weight: 9, arbitrary: fc.array(part, { maxLength: 6 }) },
    { weight: 1, arbitrary: fc.array(part, { minLength: 100, maxLength: 110 }) },
  )
  return parts.map((parts) => ({ kind: 'form', parts }))
}

const shaped = fc.record(
  Object.fromEntries(
    [
      ...fields,
      'options',
      'neverRequireSignedURLs',
      'flexible_variants',
      'browser_ttl',
      'parts',
      'on',
      'ms',
    ].map((name) => [
      name,
      fc.oneof(nasty, fc.boolean(), fc.integer(), fc.double(), fc.object({ maxDepth: 2 })),
    ]),
  ),
  { requiredKeys: [] },
)

const variant = fc.record({
  id: nasty,
  options: fc.record(
    {
      fit: mostly('cover', 'crop', 'pad'),
      width: fc.oneof(fc.integer(), fc.double()),
      height: fc.integer(),
      metadata: mostly('none', 'keep'),
    },
    { requiredKeys: [] },
  ),
})

const fault = fc.record(
  {
    on: mostly('upload', 'delivery', 'details', 'webhook'),
    effect: mostly('answer', 'delay', 'drop', 'refuse-later', 'truncate', 'duplicate'),
    status: fc.integer(),
    ms: fc.oneof(fc.integer(), fc.constant(0)),
    times: fc.integer(),
    chance: fc.double(),
    atByte: fc.integer(),
    message: nasty,
  },
  { requiredKeys: ['on', 'effect'] },
)

const json = fc
  .oneof(shaped, variant, fc.array(fault, { maxLength: 3 }), fc.jsonValue())
  .map((value): Body => ({ kind: 'text', text: JSON.stringify(value) }))

const body = (pictures: readonly Uint8Array<ArrayBuffer>[]): Arbitrary<Body> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Body>({ kind: 'none' }) },
    { weight: 2, arbitrary: json },
    { weight: 3, arbitrary: formBody(pictures) },
    nasty.map((text): Body => ({ kind: 'text', text })),
    fc.constant<Body>({
      kind: 'text',
      text: '--x\r\nContent-Disposition: form-data; name="file"\r\n\r\n',
    }),
    fc.uint8Array({ maxLength: 200 }).map((bytes): Body => ({ kind: 'bytes', bytes })),
  )

/** What a run has prepared. */
export interface Prepared {
  readonly pictures: readonly Uint8Array<ArrayBuffer>[]
  readonly ids: readonly string[]
  readonly batchToken: string
}

const segments = (...known: readonly string[]): Arbitrary<string> =>
  fc.array(mostly(...known), { maxLength: 4 }).map((parts) => parts.join('/'))

/** A method and a path as `GET /v2`; `:id` stands for an id, and either may be replaced. */
const routes = (list: readonly string[], ...ids: readonly string[]) =>
  fc
    .tuple(fc.constantFrom(...list), mostly(...ids), seldom(method), seldom(nasty))
    .map(([route, id, otherMethod, end]) => {
      const [known = '', path = ''] = route.split(' ')
      const named = path.replace(':id', () => id)
      return { method: otherMethod ?? known, path: end === null ? named : `${named}/${end}` }
    })

const apiRoutes = [
  'POST /v1',
  'GET /v1',
  'GET /v2',
  'GET /v1/:id',
  'PATCH /v1/:id',
  'DELETE /v1/:id',
  'GET /v1/:id/blob',
  'GET /v1/stats',
  'GET /v1/keys',
  'PUT /v1/keys/:id',
  'DELETE /v1/keys/:id',
  'GET /v1/variants',
  'POST /v1/variants',
  'GET /v1/variants/:id',
  'PATCH /v1/variants/:id',
  'DELETE /v1/variants/:id',
  'GET /v1/variants/:id/flat',
  'GET /v1/config',
  'PATCH /v1/config',
  'GET /v1/batch_token',
  'POST /v2/direct_upload',
  'POST /v1/direct_upload',
  'GET /v2/sourcingkit/:id',
]

const controlRoutes = [
  'GET /',
  'GET /faults',
  'PUT /faults',
  'POST /faults',
  'DELETE /faults',
  'GET /scenarios',
  'PUT /scenarios/:id',
  'GET /requests',
  'POST /reset',
  'GET /images',
  'GET /images/:id/thumbnail',
  'GET /slots',
  'GET /account',
  'GET /clock',
  'POST /clock/jump',
  'POST /clock/reset',
  'GET /webhooks',
  'POST /webhooks/test',
]

/** Arbitrary requests by host. */
export function arbitraryRequests({ pictures, ids, batchToken }: Prepared): {
  readonly [Host in 'api' | 'batch' | 'upload' | 'delivery' | 'control']: Arbitrary<Asked>
} {
  const own = ids.map(encodeURIComponent)
  const { accountId, accountHash, writeToken, readToken } = localAccount
  const bearer = (...tokens: readonly string[]): Arbitrary<string> =>
    fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom(...tokens.map((token) => `Bearer ${token}`)) },
      { weight: 1, arbitrary: headerValue },
    )
  const ask = (
    target: Arbitrary<Pick<Asked, 'method' | 'path'>>,
    extra: Readonly<Record<string, Arbitrary<string>>> = {},
  ): Arbitrary<Asked> =>
    fc
      .record({ target, headers: headers(extra), body: body(pictures) })
      .map(({ target, headers, body }) => ({ ...target, headers, body }))
  const below = (base: string, list: readonly string[], ...names: readonly string[]) =>
    fc
      .tuple(routes(list, ...own, ...names), query(...queryNames))
      .map(([{ method, path }, query]) => ({ method, path: `${base}${path}${query}` }))
  const names = ['public', 'default', 'users/ann']
  return {
    api: ask(below(`/client/v4/accounts/${accountId}/images`, apiRoutes, ...names), {
      Authorization: bearer(writeToken, writeToken, writeToken, readToken),
    }),
    batch: ask(below('/images', apiRoutes, ...names), { Authorization: bearer(batchToken) }),
    upload: ask(
      segments(accountHash, ...own).chain((path) =>
        fc
          .constantFrom(`/${path}`, `/${accountHash}/draft`, `/${accountHash}/draft`)
          .map((path) => ({ method: 'POST', path })),
      ),
    ),
    delivery: ask(
      fc
        .tuple(
          mostly(
            `/${accountHash}`,
            `/${accountHash}`,
            `/cdn-cgi/imagedelivery/${accountHash}`,
            '/cdn-cgi/image',
          ),
          mostly(...own),
          optionList,
          query('exp', 'sig', 'download'),
        )
        .map(([hash, id, options, query]) => ({
          method: 'GET',
          path: `${hash}/${id}/${options}${query}`,
        })),
      {
        Accept: mostlyHeader('image/avif,image/webp', '*/*'),
        Range: headerValue,
        'If-None-Match': headerValue,
        'Sec-CH-Width': headerValue,
        RTT: headerValue,
      },
    ),
    control: ask(below('/__lightfast', controlRoutes, 'uploadHostDown', 'slow'), {
      'Content-Type': mostlyHeader('application/json', 'application/json'),
    }),
  }
}

const queryNames = [
  'per_page',
  'page',
  'continuation_token',
  'sort_order',
  'creator',
  'meta.a',
  'meta.a[in]',
  'meta.a[gt:number]',
  'after',
]

const mostlyHeader = (...known: readonly string[]): Arbitrary<string> =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...known) },
    { weight: 1, arbitrary: headerValue },
  )

const number = fc.oneof(
  fc.integer({ min: -5, max: 200 }).map(String),
  fc.double({ min: -2, max: 3, noNaN: true }).map(String),
  fc.constantFrom('auto', '99999999', '12001', '1e3', '0x10', '١'),
)

const option = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      mostly(
        'width',
        'w',
        'height',
        'h',
        'dpr',
        'quality',
        'q',
        'blur',
        'sharpen',
        'rotate',
        'brightness',
        'contrast',
        'gamma',
        'saturation',
        'zoom',
        'scq',
      ),
      number,
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constant('fit'),
      mostly('cover', 'contain', 'crop', 'pad', 'squeeze', 'aspect-crop', 'scale-up'),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(
      fc.constantFrom('gravity', 'g'),
      mostly('auto', 'left', '0.5x0.5', '1x', 'x', '0x9', 'face'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom('trim', 'border', 'trim.width', 'trim.left'),
      mostly('1;2;3;4', '0.1;0;0;0', '9999;0;0;0', 'border', ';;;', '-1;1;1;1'),
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(
      fc.constantFrom(
        'background',
        'format',
        'f',
        'flip',
        'anim',
        'metadata',
        'compression',
        'onerror',
        'draw',
        'segment',
        'upscale',
      ),
      mostly(
        'red',
        '%23ff0000',
        'rgb(1%2C2%2C3)',
        'auto',
        'json',
        'avif',
        'png',
        'h',
        'hv',
        'true',
        'keep',
        'fast',
        'redirect',
      ),
    ),
  },
)

/** As a variant's name, or as options that may be well meant. */
const optionList = fc.oneof(
  { weight: 1, arbitrary: mostly('public', 'thumb') },
  {
    weight: 6,
    arbitrary: fc
      .array(option, { minLength: 1, maxLength: 6 })
      .map((pairs) => pairs.map((pair) => pair.join('=')).join(',')),
  },
)
