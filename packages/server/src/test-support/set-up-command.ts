import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultFilePolicy } from '@lightfast/core'
import { createEmulator, localAccount } from '@lightfast/emulator'
import { serve } from '@lightfast/emulator/node'
import { createImagesClient } from '../client/create-images-client.ts'
import { importSigningKey } from '../delivery/signing-key.ts'
import { openFolderByteStore } from '../node/folder-byte-store.ts'
import { migrateSqlite, openSqliteStore } from '../node/sqlite.ts'
import { createUploads } from '../uploads/create-uploads.ts'
import type { ImagesStore } from '../uploads/store.ts'
import { silent } from './silent.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))

/** How the command ended. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface CommandSetup {
  /** Where the records are instead of in a SQLite file. */
  readonly databaseUrl?: string
  readonly schema?: string
  readonly openStore?: () => Promise<ImagesStore & { readonly close: () => Promise<void> }>
}

/** Sets up an account on a port, a database and a place for bytes, and the app that uses them in this process. */
export async function setUpCommand(setup: CommandSetup = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-command-'))
  const path = join(folder, 'images.db')
  const bytesPath = join(folder, 'bytes')
  mkdirSync(bytesPath)
  const emulator = createEmulator({ rateLimit: 'off' })
  const running = await serve(emulator, { port: 0 })
  const baseUrl = `${running.url}/client/v4`
  const environment: Record<string, string> = {
    CLOUDFLARE_BASE_URL: baseUrl,
    CLOUDFLARE_ACCOUNT_ID: localAccount.accountId,
    CLOUDFLARE_API_TOKEN: localAccount.writeToken,
    LIGHTFAST_DATABASE_URL: setup.databaseUrl ?? `file:${path}`,
    LIGHTFAST_BYTES: bytesPath,
    ...(setup.schema !== undefined && { LIGHTFAST_DATABASE_SCHEMA: setup.schema }),
  }
  if (!setup.openStore) await migrateSqlite({ path })
  const store = await (setup.openStore?.() ?? openSqliteStore({ path }))
  const { accountId, writeToken: apiToken, accountHash, signingKey } = localAccount
  const client = createImagesClient({ accountId, apiToken, baseUrl, logger: silent })
  const uploads = createUploads({
    client,
    store,
    bytes: await openFolderByteStore({ path: bytesPath }),
    kinds: { photo: defaultFilePolicy },
    rungs: ['relay'],
    accountHash,
    signingKey: await importSigningKey(signingKey),
    variants: [],
  })
  return { folder, path, bytesPath, emulator, environment, store, client, uploads, run, close }

  /** Runs the command, with these variables and no others. */
  function run(args: readonly string[], env = environment) {
    const child = spawn(process.execPath, [main, ...args], { env, cwd: folder })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += String(chunk)))
    child.stderr.on('data', (chunk) => (err += String(chunk)))
    child.stdin.end()
    const ended = new Promise<Ended>((resolve) => {
      child.on('close', (code) => resolve({ code, out, err }))
    })
    return { child, ended }
  }

  async function close(): Promise<void> {
    await store.close()
    await running.close()
    rmSync(folder, { recursive: true })
  }
}

export type CommandTest = Awaited<ReturnType<typeof setUpCommand>>
