/**
 * A bucket that tests talk to for real, by S3's own protocol: `@20minutes/s3rver`, which checks every signature by its own code. It
 * keeps files in a throwaway folder, on the loopback, and is gone when this process ends.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Service } from './services.ts'

/** The only key that the server knows. */
export const s3Credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } as const
export const S3_BUCKET = 'test-bucket'

/** Starts the server with one bucket. The address is the server's. */
export async function startS3(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-s3-'))
  const server = join(import.meta.dirname, 's3-server.ts')
  // It names the pages of a list by a cipher that OpenSSL 3 keeps among its old ones.
  const execArgv = ['--openssl-legacy-provider']
  const child = fork(server, [folder, S3_BUCKET], { execArgv })
  process.once('exit', () => child.kill('SIGKILL'))
  const ended = once(child, 'exit')
  const failed = ended.then(() => Promise.reject(new Error('The S3 server did not start.')))
  const [port] = await Promise.race([once(child, 'message'), failed])
  failed.catch(() => undefined)
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.disconnect()
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
