export type SendCommand = (command: readonly string[]) => Promise<unknown>

/** Runs a script on one key. */
export type Script = (key: string, args: readonly string[]) => Promise<unknown>

/**
 * Makes a script that is sent by its digest, and in full only to a server that does not know it yet: after a
 * restart, after a failover, or the first time ever.
 */
export function createScript(
  send: SendCommand,
  source: string,
  command: 'EVALSHA' | 'EVALSHA_RO' = 'EVALSHA',
): Script {
  let digest: Promise<string> | undefined
  return async function run(key, args) {
    digest ??= toSha1(source)
    try {
      return await send([command, await digest, '1', key, ...args])
    } catch (error) {
      if (!isUnknownScript(error)) throw error
      return send([command.replace('SHA', ''), source, '1', key, ...args])
    }
  }
}

/** It names a script to Redis, and protects nothing. */
async function toSha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

function isUnknownScript(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('NOSCRIPT')
}
