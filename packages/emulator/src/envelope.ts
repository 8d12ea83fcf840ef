/** The only place that knows how Cloudflare's API wraps its answers. */
import type { Refusal } from './refusal.ts'

/** Wraps a result: https://developers.cloudflare.com/api/resources/images/ */
export const succeed = (result: unknown): Response =>
  Response.json({ result, success: true, errors: [], messages: [] })

/** Wraps a refusal. */
export const fail = ({ status, code, message }: Refusal): Response =>
  Response.json(
    { result: null, success: false, errors: [{ code, message }], messages: [] },
    { status },
  )
