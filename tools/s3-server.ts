/** A process of its own, since the server takes over what is done about uncaught errors. See `s3-service.ts`. */
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import S3rver from '@20minutes/s3rver'
import type { Exchange } from '@20minutes/s3rver'

const [directory = '', bucket = ''] = process.argv.slice(2)

const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: [{ name: bucket }],
})

// Around all the others: it sees what the server itself would have answered.
server.middleware.unshift(inTurn, lack)

const { port } = await server.run()
process.send?.(port)
process.on('disconnect', () => process.exit())

const turns = new Map<string, Promise<void>>()

/**
 * Lets one writer at an object at a time: of several at once, this server mixes the bodies, and S3 keeps one whole.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Welcome.html#ConsistencyModel
 */
async function inTurn({ method, path }: Exchange, next: () => Promise<unknown>): Promise<void> {
  if (method !== 'PUT') return void (await next())
  const turn = Promise.withResolvers<void>()
  const before = turns.get(path)
  turns.set(path, turn.promise)
  await before
  try {
    await next()
  } finally {
    turn.resolve()
  }
}

/**
 * The server checks who asks, and then does not know how to abort an upload, nor how to list those that are under way. So
 * that is done here, once it has said that this is all that is wrong.
 */
async function lack(exchange: Exchange, next: () => Promise<unknown>): Promise<void> {
  const { method, query } = exchange
  const uploads = join(directory, bucket, '._S3rver_uploads')
  const upload = join(uploads, query['uploadId']?.replaceAll(/\W/g, '') || 'none')
  const aborts = method === 'DELETE' && query['uploadId'] !== undefined
  const lists = method === 'GET' && query['uploads'] !== undefined
  try {
    await next()
  } catch (error) {
    const isLacking =
      error instanceof Error && /MethodNotAllowed|NotImplemented/.test(toCode(error))
    if (!isLacking || !(aborts || lists)) throw error
    if (lists) exchange.body = existsSync(uploads) ? readdirSync(uploads).join('\n') : ''
    else exchange.status = existsSync(upload) ? 204 : 404
    if (aborts) rmSync(upload, { recursive: true, force: true })
  }
}

function toCode(error: Error): string {
  return 'code' in error ? String(error.code) : ''
}
