/** Holds how true the emulator is where neither the error numbers nor the settings say it. */

/** Says how a behaviour compares with production: the same, assumed, different, or refused by name with 501. */
export type Likeness = 'same' | 'assumed' | 'different' | 'refused'

/** Describes one behaviour; `source` is who vouches for production's side. */
export interface FidelityRow {
  readonly area: 'API' | 'Upload host' | 'Delivery' | 'Options' | 'Webhooks'
  readonly behaviour: string
  readonly likeness: Likeness
  readonly source?: string
}

const docs = 'https://developers.cloudflare.com/images'
const schema = 'https://developers.cloudflare.com/api/resources/images/'
const limits = `${docs}/get-started/limits/`
const customPath = `${docs}/storage/upload-images/upload-custom-path/`
const features = `${docs}/optimization/features/`
const hosted = `${docs}/optimization/hosted-images`
const rates = 'https://developers.cloudflare.com/fundamentals/api/reference/limits/'

/** Lists the behaviours, by area. */
export const fidelity: readonly FidelityRow[] = [
  {
    area: 'API',
    behaviour:
      'envelope; upload by file and by `url`, details, update, delete, original bytes; lists by cursor with metadata filters, and by page; statistics; keys; variants; batch token and batch host',
    likeness: 'same',
    source: schema,
  },
  {
    area: 'API',
    behaviour:
      'one-time upload URLs from a form; a draft is in no list and loses `draft` when its file arrives',
    likeness: 'same',
    source: `${docs}/storage/upload-images/direct-creator-upload/`,
  },
  {
    area: 'API',
    behaviour: 'the same from JSON, which a sample shows and the schema does not',
    likeness: 'assumed',
    source: schema,
  },
  {
    area: 'API',
    behaviour: 'custom ids: 1024 characters, slashes within, no UUID, never private',
    likeness: 'same',
    source: customPath,
  },
  {
    area: 'API',
    behaviour:
      '1200 calls in five minutes, then none for five minutes; `Ratelimit` headers, `Retry-After`',
    likeness: 'same',
    source: rates,
  },
  {
    area: 'API',
    behaviour: 'calls are counted per token, not per user',
    likeness: 'different',
    source: rates,
  },
  {
    area: 'API',
    behaviour: 'reply of `GET` and `PATCH /images/v1/config`, whose shape is not published',
    likeness: 'assumed',
    source: `${hosted}/enable-flexible-variants/`,
  },
  { area: 'API', behaviour: 'a draft is kept after its URL has expired', likeness: 'assumed' },
  {
    area: 'API',
    behaviour:
      'fields, parameters and variant options it does not know, `metadata[key]` of the official client among them; direct upload v1; sourcing kit',
    likeness: 'refused',
  },
  {
    area: 'Upload host',
    behaviour:
      'one file per URL, no token, readable by any page; type by bytes; 10 MB, 100 megapixels, 12,000 pixels on a side',
    likeness: 'same',
    source: limits,
  },
  {
    area: 'Upload host',
    behaviour:
      'a refused file leaves its URL usable; HEIC and AVIF files are refused as unsupported',
    likeness: 'assumed',
  },
  { area: 'Upload host', behaviour: 'form fields other than `file`', likeness: 'refused' },
  {
    area: 'Delivery',
    behaviour:
      'named and flexible variants with true pixels, custom-domain paths, AVIF or WebP or the original type by `Accept`, cache headers, animations, limits of AVIF and of animations',
    likeness: 'same',
    source: `${hosted}/serve-uploaded-images/`,
  },
  {
    area: 'Delivery',
    behaviour: 'private images: signatures, expiry, variants that never need one',
    likeness: 'same',
    source: `${hosted}/serve-private-images/`,
  },
  {
    area: 'Delivery',
    behaviour: 'words of a refusal for a signature that is missing, wrong or expired (403, 9425)',
    likeness: 'assumed',
    source: `${docs}/reference/errors/`,
  },
  {
    area: 'Delivery',
    behaviour:
      'drawings are sanitised by a list of what may stay; one that cannot be read is refused with 9516, one that declares entities always',
    likeness: 'different',
    source: limits,
  },
  {
    area: 'Delivery',
    behaviour:
      'encoders are those of sharp; ETags are ours; changes are seen at once, since there is no edge; `Range` is ignored',
    likeness: 'different',
  },
  {
    area: 'Delivery',
    behaviour: 'pictures without a pixels port; remote pictures by `/cdn-cgi/image/`',
    likeness: 'refused',
  },
  {
    area: 'Options',
    behaviour:
      'sizes, `fit`, `gravity`, `dpr`, `trim`, `rotate`, `flip`, `background`, `blur`, `sharpen`, tone, `quality`, `format`, `metadata`, `anim`, `compression`, in the documented order',
    likeness: 'same',
    source: features,
  },
  {
    area: 'Options',
    behaviour: 'an unknown option, `draw` among them, or a value out of range is refused with 9401',
    likeness: 'assumed',
    source: features,
  },
  {
    area: 'Options',
    behaviour:
      'strength of `blur`, `sharpen`, tone and quality words; the point `gravity=auto` finds',
    likeness: 'different',
    source: features,
  },
  {
    area: 'Options',
    behaviour: '`gravity=face`, `zoom`, `segment`, `upscale=generate`',
    likeness: 'refused',
  },
  {
    area: 'Webhooks',
    behaviour: 'envelope, `cf-webhook-auth` verbatim, test message, only for direct uploads',
    likeness: 'same',
    source: 'https://developers.cloudflare.com/notifications/reference/webhook-payload-schema/',
  },
  {
    area: 'Webhooks',
    behaviour: '`data`, tries and order, none of which is published',
    likeness: 'assumed',
  },
]
