import { readBody } from './body.ts'
import { refused } from './codes.ts'
import type { EmulatorSettings } from './settings.ts'

/** Names the fields of a request, from a form or from JSON. */
export type Fields = ReadonlyMap<string, unknown>

/** Leaves room around the largest file for the form that carries it. */
const FORM_BYTES = 1024 * 1024

/** Reads a multipart form; refuses every other kind of body and one that is too large. */
export async function readForm(request: Request, settings: EmulatorSettings): Promise<Fields> {
  const maxBytes = settings.maxUploadBytes + FORM_BYTES
  const bytes = await readBody(request, { maxBytes })
  if (bytes === 'too-large') throw refused(5413, settings)
  const contentType = request.headers.get('Content-Type') ?? ''
  if (!isForm(contentType)) throw refused(5415, settings)
  const form = await parseForm(bytes, contentType)
  if (!form) throw refused(5400, settings, 'The form cannot be read')
  const names = [...form.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw refused(5400, settings, `The form has the field ${twice} twice`)
  return new Map(form.entries())
}

/** Reads a form, a JSON object, or no body at all. */
export async function readFields(request: Request, settings: EmulatorSettings): Promise<Fields> {
  const contentType = request.headers.get('Content-Type') ?? ''
  if (isForm(contentType)) return readForm(request, settings)
  return readJsonFields(request, settings)
}

/** Reads the fields of a JSON object; no body has none. */
export async function readJsonFields(
  request: Request,
  settings: EmulatorSettings,
): Promise<Fields> {
  const value = await readJson(request, settings)
  if (!isRecord(value)) throw refused(5400, settings, 'The body must be a JSON object')
  return new Map(Object.entries(value))
}

/** Reads JSON; no body counts as an empty object. */
export async function readJson(request: Request, settings: EmulatorSettings): Promise<unknown> {
  const bytes = await readBody(request, { maxBytes: FORM_BYTES })
  if (bytes === 'too-large') throw refused(5413, settings)
  if (bytes.length === 0) return {}
  const value = parseJson(new TextDecoder().decode(bytes))
  if (value === undefined) throw refused(5400, settings, 'The body is not JSON')
  return value
}

/** Parses JSON to `undefined` where there is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Tells a plain object from everything else JSON can hold. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isForm = (contentType: string): boolean =>
  contentType.toLowerCase().startsWith('multipart/form-data')

async function parseForm(
  bytes: Uint8Array<ArrayBuffer>,
  contentType: string,
): Promise<FormData | undefined> {
  try {
    return await new Response(bytes, { headers: { 'Content-Type': contentType } }).formData()
  } catch {
    return undefined
  }
}
