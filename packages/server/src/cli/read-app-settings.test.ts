import { expect, test } from 'vitest'
import { InvalidCommandError } from './invalid-command-error.ts'
import { readAppSettings, readDatabase } from './read-app-settings.ts'

const account = {
  CLOUDFLARE_ACCOUNT_ID: '0123456789abcdef0123456789abcdef',
  CLOUDFLARE_API_TOKEN: 'a-token',
}
const bucket = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' }

test.each([
  ['images.db', { engine: 'sqlite', path: 'images.db' }],
  ['file:images.db', { engine: 'sqlite', path: 'images.db' }],
  ['file:///var/images.db', { engine: 'sqlite', path: '/var/images.db' }],
  ['postgres://me@host/db', { engine: 'postgres', url: 'postgres://me@host/db' }],
  ['postgresql://me@host/db', { engine: 'postgres', url: 'postgresql://me@host/db' }],
])('the records are at %s', (LIGHTFAST_DATABASE_URL, database) => {
  expect(readDatabase({ LIGHTFAST_DATABASE_URL })).toEqual(database)
})

test.each(['', ':memory:', 'file:', 'mysql://me:secret@host/db', 'postgres://[/secret'])(
  'there are no records at %j, and the refusal does not repeat it',
  (LIGHTFAST_DATABASE_URL) => {
    const read = () => readDatabase({ LIGHTFAST_DATABASE_URL })
    expect(read).toThrow(InvalidCommandError)
    expect(read).toThrow(/^LIGHTFAST_DATABASE_URL (?!.*secret)/)
  },
)

test('bytes are nowhere, in a folder or in a bucket', () => {
  const database = { LIGHTFAST_DATABASE_URL: 'images.db' }
  const read = (more: Readonly<Record<string, string>>) =>
    readAppSettings({ ...account, ...database, ...more }).bytes
  expect(read({})).toBeUndefined()
  expect(read({ LIGHTFAST_BYTES: './bytes' })).toEqual({ place: 'folder', path: './bytes' })
  expect(read({ LIGHTFAST_BYTES: 's3://photos/a/b', ...bucket, AWS_REGION: 'eu-west-1' })).toEqual({
    place: 's3',
    endpoint: 'https://s3.eu-west-1.amazonaws.com',
    bucket: 'photos',
    region: 'eu-west-1',
    accessKeyId: 'id',
    secretAccessKey: 'secret',
    prefix: 'a/b/',
  })
  const r2 = { ...bucket, AWS_ENDPOINT_URL: 'https://x.r2.cloudflarestorage.com' }
  expect(read({ LIGHTFAST_BYTES: 's3://photos', ...r2 })).toMatchObject({
    endpoint: 'https://x.r2.cloudflarestorage.com',
    prefix: '',
  })
})

test('everything that is missing or wrong is named at once', () => {
  const missing = ['CLOUDFLARE_ACCOUNT_ID', 'CLOUDFLARE_API_TOKEN', 'LIGHTFAST_DATABASE_URL']
  for (const name of missing) expect(readWrong).toThrow(`${name} is not set.`)
  expect(readWrong).toThrow('LIGHTFAST_BYTES names no bucket. AWS_ACCESS_KEY_ID is not set.')
  expect(readWrong).toThrow('AWS_SESSION_TOKEN cannot be used here.')
  expect(readWrong).not.toThrow('secret')
})

function readWrong() {
  return readAppSettings({ LIGHTFAST_BYTES: 's3://', AWS_SESSION_TOKEN: 'secret' })
}
