import * as v from 'valibot'
import { codeTable } from '../codes.ts'
import { defaultSettings } from '../settings.ts'
import { markup } from './arbitrary-requests.ts'

/** Names the surface a reply comes from. */
export type Surface = 'api' | 'upload' | 'delivery' | 'control' | 'none'

/** Tells what is wrong with a reply, in a sentence, or nothing. */
export async function judgeReply(reply: Response, surface: Surface): Promise<string | undefined> {
  const type = reply.headers.get('Content-Type') ?? ''
  const text = await reply.text()
  if (reply.status === 500) return `500: ${text}`
  if (text.includes(markup) && type.includes('html')) return `echoes markup as ${type}: ${text}`
  if (text !== '' && type === '') return `a body without a type: ${text.slice(0, 200)}`
  if (text === '' || type.startsWith('image/') || type.startsWith('application/octet-stream'))
    return undefined
  return judges[surface]({ text, type, reply })
}

interface Read {
  readonly text: string
  readonly type: string
  readonly reply: Response
}

/** What no host takes is answered 501 in plain words. */
const judges: Readonly<Record<Surface, (read: Read) => string | undefined>> = {
  api: judgeEnvelope,
  upload: judgeEnvelope,
  delivery: judgeText,
  none: () => undefined,
  control: ({ type }) =>
    /^(?:application\/json|text\/html)/.test(type) ? undefined : `is ${type}`,
}

function judgeEnvelope({ text, type, reply: { status } }: Read): string | undefined {
  if (!type.startsWith('application/json')) return `${status} is ${type}: ${text.slice(0, 200)}`
  const read = v.safeParse(envelope, JSON.parse(text))
  if (!read.success) return `no envelope: ${text.slice(0, 200)}`
  const { success, errors, result } = read.output
  if (success !== status < 400) return `success is ${success} with status ${status}`
  if (success) return errors.length > 0 ? 'a success with errors' : undefined
  if (result !== null || errors.length === 0) return 'a refusal with a result, or without a reason'
  return errors.every(({ code }) => codes.has(code)) ? undefined : `unknown code: ${text}`
}

function judgeText({ text, type, reply }: Read): string | undefined {
  if (reply.status < 400) return type.startsWith('application/json') ? undefined : `is ${type}`
  if (!type.startsWith('text/plain')) return `${reply.status} is ${type}`
  const code = /^ERROR (\d+): /.exec(text)?.[1]
  if (code === undefined) return `${reply.status} without a number: ${text}`
  if (reply.headers.get('Cf-Resized') !== `err=${code}`) return `Cf-Resized does not say ${code}`
  return codes.has(Number(code)) ? undefined : `unknown code: ${text}`
}

const envelope = v.strictObject({
  success: v.boolean(),
  errors: v.array(v.strictObject({ code: v.number(), message: v.string() })),
  messages: v.array(v.unknown()),
  result: v.nullable(v.record(v.string(), v.unknown())),
  result_info: v.exactOptional(v.unknown()),
})

const {
  usedSlot,
  expiredSlot,
  takenId,
  privateCustomId,
  rateLimited,
  wrongMethod,
  privateFlexible,
} = defaultSettings

/** The table, the settings, and the one that names what is not emulated. */
const codes: ReadonlySet<number> = new Set([
  501,
  ...Object.keys(codeTable).map(Number),
  ...[
    usedSlot,
    expiredSlot,
    takenId,
    privateCustomId,
    rateLimited,
    wrongMethod,
    privateFlexible,
  ].map(({ code }) => code),
])
