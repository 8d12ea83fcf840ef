/** An upload on the first rung, with its records, attempts, jobs and audit. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultFilePolicy } from '@lightfast/core'
import type { StartUpload } from '@lightfast/core'
import type { Emulator } from '@lightfast/emulator'
import { createMemoryStore, createUploads, importSigningKey } from '@lightfast/server'
import type { ImagesStore, Uploads } from '@lightfast/server'
import { openSqliteStore } from '@lightfast/server/node'
import type { Case } from '../timing/time-calls.ts'
import { accountHash, FILE_BYTES, fillSlot, openAccount, signingKey } from './cloudflare-account.ts'
import { createClient } from './our-client.ts'
import { createPrepared } from './prepared.ts'
import { uploadRhythm } from './terms.ts'

export const cases = {
  memoryProvision: createProvision(openMemory),
  memoryConfirm: createConfirm(openMemory),
  sqliteProvision: createProvision(openSqlite),
  sqliteConfirm: createConfirm(openSqlite),
}

const now = (): number => Date.now()

interface Opened {
  readonly store: ImagesStore
  readonly close: () => Promise<void>
}

function createProvision(open: () => Promise<Opened>): Case {
  return {
    rhythm: uploadRhythm,
    async prepare() {
      const { uploads, close } = await openApp(open)
      return { call: () => start(uploads), end: close }
    },
  }
}

function createConfirm(open: () => Promise<Opened>): Case {
  return {
    rhythm: uploadRhythm,
    async prepare() {
      const { uploads, emulator, close } = await openApp(open)
      const filled = createPrepared(async () => {
        const started = await start(uploads)
        await fillSlot(emulator, started.way.url)
        return started
      })
      return { prepareCalls: filled.fill, call: () => complete(uploads, filled.next()), end: close }
    },
  }
}

async function openApp(open: () => Promise<Opened>) {
  const { store, close } = await open()
  const emulator: Emulator = openAccount()
  const uploads = createUploads({
    client: createClient(emulator),
    store,
    kinds: { photo: defaultFilePolicy },
    accountHash,
    signingKey: await importSigningKey(signingKey),
    variants: ['public'],
  })
  return { uploads, emulator, close }
}

async function openMemory(): Promise<Opened> {
  return { store: createMemoryStore({ now }), close: async () => undefined }
}

async function openSqlite(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-bench-'))
  const store = await openSqliteStore({ path: join(folder, 'images.db') })
  return {
    store,
    async close() {
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

type Started = Awaited<ReturnType<typeof start>>

/** Each by somebody else: one person would soon have used up a limit. */
async function start(uploads: Uploads) {
  const ada = { id: crypto.randomUUID() }
  const { image, way } = await uploads.start(ada, makeRequest())
  if (way?.rung !== 'direct') throw new Error('There is no slot.')
  return { ada, id: image.id, way }
}

async function complete(uploads: Uploads, { ada, id, way }: Started): Promise<void> {
  const { image } = await uploads.complete(ada, id, { attemptId: way.attemptId })
  if (image.state !== 'ready') throw new Error(`The image is ${image.state}.`)
}

function makeRequest(): StartUpload {
  return {
    uploadId: crypto.randomUUID(),
    kind: 'photo',
    filename: 'red.png',
    contentType: 'image/png',
    sizeBytes: FILE_BYTES,
    width: 1,
    height: 1,
  }
}
