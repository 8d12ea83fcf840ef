import * as v from 'valibot'

/** An image as Cloudflare describes it. */
export interface CloudflareImage {
  readonly id: string
  /** True until the bytes have arrived and were accepted. Its absence is the only sign of completion. */
  readonly draft: boolean
  readonly requireSignedURLs: boolean
  readonly meta: Metadata
  /** The name of the file, if it had one. */
  readonly filename: string | null
  /** Milliseconds since the epoch. A draft has a date too: when it was made. */
  readonly uploadedAt: number | null
  readonly creator: string | null
  /** A delivery URL for each named variant of the account. */
  readonly variants: readonly string[]
}

/** Any JSON object of at most 1024 bytes. */
export type Metadata = Readonly<Record<string, unknown>>

/** Reads an image. Some samples of the documentation say `metadata` where the schema says `meta`. */
export const cloudflareImage: v.GenericSchema<unknown, CloudflareImage> = v.pipe(
  v.object({
    id: v.string(),
    draft: v.nullish(v.boolean(), false),
    requireSignedURLs: v.nullish(v.boolean(), false),
    meta: v.nullish(v.record(v.string(), v.unknown())),
    metadata: v.nullish(v.record(v.string(), v.unknown())),
    filename: v.nullish(v.string(), null),
    uploaded: v.nullish(v.string(), ''),
    creator: v.nullish(v.string(), null),
    variants: v.nullish(v.array(v.string()), []),
  }),
  v.transform(({ meta, metadata, uploaded, ...image }) => ({
    ...image,
    meta: meta ?? metadata ?? {},
    uploadedAt: toTime(uploaded),
  })),
)

function toTime(date: string): number | null {
  const ms = Date.parse(date)
  return Number.isNaN(ms) ? null : ms
}
