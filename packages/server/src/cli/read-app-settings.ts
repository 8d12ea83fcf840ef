/** What the environment says about the app whose images a command works on. No sentence repeats a value: it may be a secret. */
import { fileURLToPath } from 'node:url'
import { readSettings } from '../doctor/settings.ts'
import type { Environment, Settings } from '../doctor/settings.ts'
import { InvalidCommandError } from './invalid-command-error.ts'

export interface AppSettings {
  readonly account: Settings
  readonly database: DatabaseSettings
  /** Absent if the app keeps no bytes, or if it was not said where. */
  readonly bytes?: BytesSettings
}

export type DatabaseSettings =
  | { readonly engine: 'sqlite'; readonly path: string }
  | { readonly engine: 'postgres'; readonly url: string; readonly schema?: string }

export type BytesSettings =
  | { readonly place: 'folder'; readonly path: string }
  | ({ readonly place: 's3' } & BucketSettings)

export interface BucketSettings {
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly prefix: string
}

/**
 * Reads all of it.
 * @throws {InvalidCommandError} naming every variable that is missing or wrong.
 */
export function readAppSettings(environment: Environment): AppSettings {
  const { settings, problems } = readSettings(environment)
  const asking = problems.filter(isAboutAsking)
  const database = parseDatabase(environment)
  const bytes = parseBytes(environment)
  const wrong = [...asking, ...toProblems(database), ...toProblems(bytes)]
  if (!settings || wrong.length > 0 || typeof database === 'string' || typeof bytes === 'string')
    throw new InvalidCommandError(wrong.join(' '))
  return { account: settings, database, ...(bytes && { bytes }) }
}

/**
 * Reads the account alone.
 * @throws {InvalidCommandError} naming every variable that is missing or wrong.
 */
export function readAccount(environment: Environment): Settings {
  const { settings, problems } = readSettings(environment)
  if (settings) return settings
  throw new InvalidCommandError(problems.filter(isAboutAsking).join(' '))
}

function isAboutAsking(problem: string): boolean {
  return !problem.startsWith('CLOUDFLARE_IMAGES_')
}

/**
 * Reads where the records are.
 * @throws {InvalidCommandError} naming the variable that is missing or wrong.
 */
export function readDatabase(environment: Environment): DatabaseSettings {
  const database = parseDatabase(environment)
  if (typeof database === 'string') throw new InvalidCommandError(database)
  return database
}

function toProblems(parsed: object | string | undefined): readonly string[] {
  return typeof parsed === 'string' ? [parsed] : []
}

/** A string says what is wrong. */
function parseDatabase(environment: Environment): DatabaseSettings | string {
  const text = environment['LIGHTFAST_DATABASE_URL'] || ''
  const schema = environment['LIGHTFAST_DATABASE_SCHEMA'] || undefined
  if (text === '') return 'LIGHTFAST_DATABASE_URL is not set.'
  if (/^postgres(?:ql)?:\/\//.test(text)) {
    if (!URL.canParse(text)) return 'LIGHTFAST_DATABASE_URL is not a well-formed postgres:// URL.'
    return { engine: 'postgres', url: text, ...(schema !== undefined && { schema }) }
  }
  const path = toPath(text)
  if (path !== undefined && path !== '' && path !== ':memory:') return { engine: 'sqlite', path }
  return 'LIGHTFAST_DATABASE_URL must be a path, file:PATH or postgres://….'
}

function toPath(text: string): string | undefined {
  if (text.startsWith('file://')) return URL.canParse(text) ? fileURLToPath(text) : undefined
  const path = text.replace(/^file:/, '')
  return /^[a-z][a-z\d+.-]+:\/\//i.test(path) ? undefined : path
}

function parseBytes(environment: Environment): BytesSettings | string | undefined {
  const text = environment['LIGHTFAST_BYTES'] || ''
  if (text === '') return undefined
  if (text.startsWith('s3://')) return parseBucket(text, environment)
  const path = toPath(text)
  if (path !== undefined && path !== '') return { place: 'folder', path }
  return 'LIGHTFAST_BYTES must be a folder or s3://BUCKET/PREFIX.'
}

function parseBucket(text: string, environment: Environment): BytesSettings | string {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]*)\/?(.*)$/.exec(text) ?? []
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] || ''
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] || ''
  const region = environment['AWS_REGION'] || environment['AWS_DEFAULT_REGION'] || 'us-east-1'
  const wrong = [
    ...(bucket === '' ? ['LIGHTFAST_BYTES names no bucket.'] : []),
    ...(accessKeyId === '' ? ['AWS_ACCESS_KEY_ID is not set.'] : []),
    ...(secretAccessKey === '' ? ['AWS_SECRET_ACCESS_KEY is not set.'] : []),
    ...(environment['AWS_SESSION_TOKEN'] ? ['AWS_SESSION_TOKEN cannot be used here.'] : []),
  ]
  if (wrong.length > 0) return wrong.join(' ')
  const endpoint =
    environment['AWS_ENDPOINT_URL_S3'] ||
    environment['AWS_ENDPOINT_URL'] ||
    `https://s3.${region}.amazonaws.com`
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`
  return { place: 's3', endpoint, bucket, region, accessKeyId, secretAccessKey, prefix }
}
