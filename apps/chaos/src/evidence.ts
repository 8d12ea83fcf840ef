/** What is there when all is over: what a judge looks at. */
import type {
  Attempt,
  AuditEntry,
  ByteStore,
  ImageRecord,
  ImagesStore,
  Job,
} from '@lightfast/server'
import type { HostStore } from './host-store.ts'
import type { Story } from './story.ts'

export interface RecordFile {
  readonly record: ImageRecord
  readonly attempts: readonly Attempt[]
  readonly audit: readonly AuditEntry[]
}

export interface Evidence {
  readonly stories: readonly Story[]
  readonly files: readonly RecordFile[]
  /** The hash of every file that Cloudflare holds, by the image's id. */
  readonly held: ReadonlyMap<string, string>
  /** Asks whether Cloudflare ever held a file. */
  readonly everHeld: (sha256: string) => boolean
  readonly jobs: readonly Job[]
  /** The keys of the bytes that are still with us. */
  readonly bytes: readonly string[]
}

export interface Sources {
  readonly stories: readonly Story[]
  readonly store: ImagesStore
  readonly bytes: ByteStore
  readonly host: HostStore
}

const PAGE = 200

/** Collects it. */
export async function collectEvidence({ stories, store, bytes, host }: Sources): Promise<Evidence> {
  const files: RecordFile[] = []
  for await (const record of listRecords(store)) {
    const { id } = record
    const [attempts, audit] = await Promise.all([store.attempts.of(id), store.audit.of(id)])
    files.push({ record, attempts, audit })
  }
  const kept: string[] = []
  for await (const { key } of bytes.list()) kept.push(key)
  return {
    stories,
    files,
    held: host.hashes(),
    everHeld: host.everHeld,
    jobs: await store.jobs.list({ limit: 500 }),
    bytes: kept,
  }
}

async function* listRecords({ records }: ImagesStore): AsyncGenerator<ImageRecord> {
  let after: ImageRecord | undefined
  for (;;) {
    const page = await records.list({ limit: PAGE, ...(after && { after }) })
    yield* page
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}
