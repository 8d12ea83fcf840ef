import { failureSchema } from '@lightfast/core'
import { sql } from 'kysely'
import type { Kysely, SchemaModule } from 'kysely'
import * as v from 'valibot'
import type { Database, TextType } from './tables.ts'

/** Adds what the upload ladder needs: more columns, jobs, audit, usages, leases, and the indexes for their questions. */
export async function addLadder(db: Kysely<Database>, text: TextType): Promise<void> {
  await addColumns(db.schema, 'images', {
    tenant_id: [text],
    privacy: [text, 'private'],
    attempt_id: [text],
    facts: [text, 'claimed'],
    metadata: [text, '{}'],
    failure_stage: [text],
    failure_code: [text],
    kept_size_bytes: ['bigint'],
    kept_until: ['bigint'],
    // Null says that something uses it. Of older records nobody knows, so they are never swept for want of use.
    unused_since: ['bigint'],
  })
  await addColumns(db.schema, 'attempts', {
    seq: ['integer', 0],
    slot_cloudflare_id: [text],
    refusal_code: ['integer'],
    sent_at: ['bigint'],
  })
  await createJobs(db.schema, text)
  await createAudit(db.schema, text)
  await createUsages(db.schema, text)
  await createLeases(db.schema, text)
  await createIndexes(db.schema)
  await fillIn(db)
}

type Column = readonly [type: TextType | 'bigint' | 'integer', otherwise?: string | number]

async function addColumns(
  schema: SchemaModule,
  table: string,
  columns: Readonly<Record<string, Column>>,
): Promise<void> {
  for (const [name, [type, otherwise]] of Object.entries(columns)) {
    await schema
      .alterTable(table)
      .addColumn(name, type, (column) =>
        otherwise === undefined ? column : column.notNull().defaultTo(otherwise),
      )
      .execute()
  }
}

async function createJobs(schema: SchemaModule, text: TextType): Promise<void> {
  await schema
    .createTable('jobs')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('subject', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('run_at', 'bigint', (column) => column.notNull())
    .addColumn('ready_at', 'bigint', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('pause_ms', 'bigint', (column) => column.notNull())
    .addColumn('lease_owner', text)
    .addColumn('lease_until', 'bigint')
    .addColumn('code', text)
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('again_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
}

async function createAudit(schema: SchemaModule, text: TextType): Promise<void> {
  await schema
    .createTable('audit')
    .addColumn('image_id', text, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('actor', text, (column) => column.notNull())
    .addColumn('from_state', text)
    .addColumn('to_state', text, (column) => column.notNull())
    .addColumn('attempt_id', text)
    .addColumn('code', text)
    .addPrimaryKeyConstraint('audit_pk', ['image_id', 'version'])
    .execute()
}

async function createUsages(schema: SchemaModule, text: TextType): Promise<void> {
  await schema
    .createTable('usages')
    .addColumn('image_id', text, (column) => column.notNull())
    .addColumn('type', text, (column) => column.notNull())
    .addColumn('thing_id', text, (column) => column.notNull())
    .addColumn('field', text, (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('usages_pk', ['image_id', 'type', 'thing_id', 'field'])
    .execute()
}

async function createLeases(schema: SchemaModule, text: TextType): Promise<void> {
  await schema
    .createTable('leases')
    .addColumn('key', text, (column) => column.primaryKey())
    .addColumn('owner', text, (column) => column.notNull())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute()
}

async function createIndexes(schema: SchemaModule): Promise<void> {
  const indexes: readonly (readonly [string, string, readonly string[]])[] = [
    ['images_owner_state', 'images', ['owner_id', 'state']],
    ['images_state_created', 'images', ['state', 'created_at', 'id']],
    ['images_created', 'images', ['created_at', 'id']],
    ['images_unused', 'images', ['unused_since']],
    ['attempts_cloudflare', 'attempts', ['cloudflare_id']],
  ]
  for (const [name, table, columns] of indexes) {
    await schema
      .createIndex(name)
      .on(table)
      .columns([...columns])
      .execute()
  }
  // Holds only what can be claimed, in the order in which it is: so a claim reads no more than it takes, however much there is.
  await schema
    .createIndex('jobs_ready')
    .on('jobs')
    .columns(['ready_at', 'key'])
    .where(sql.ref('state'), '=', sql.lit('queued'))
    .execute()
  await schema
    .createIndex('images_kept')
    .on('images')
    .columns(['owner_id', 'kept_size_bytes', 'id'])
    .where(sql.ref('kept_size_bytes'), 'is not', null)
    .execute()
}

/** Tells what older rows mean in the new words. */
async function fillIn(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable('attempts')
    .set((eb) => ({ slot_cloudflare_id: eb.ref('cloudflare_id') }))
    .where('upload_url', 'is not', null)
    .execute()
  await fillWinners(db)
  await fillFailures(db)
}

/** A record named its slot before it had won. Now an id says that Cloudflare has the bytes, and an attempt brought them. */
async function fillWinners(db: Kysely<Database>): Promise<void> {
  await db
    .updateTable('images')
    .set((eb) => ({
      attempt_id: eb
        .selectFrom('attempts')
        .select('attempts.id')
        .whereRef('attempts.image_id', '=', 'images.id')
        .whereRef('attempts.cloudflare_id', '=', 'images.cloudflare_id')
        .orderBy('attempts.created_at', 'desc')
        .limit(1),
    }))
    .where('state', 'in', ['delivered', 'ready', 'deleted'])
    .execute()
  await db
    .updateTable('images')
    .set({ cloudflare_id: null })
    .where('state', 'in', ['requested', 'pending', 'expired'])
    .execute()
  await db
    .updateTable('attempts')
    .set({ outcome: 'won', failure_code: null })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('images')
        .select('attempt_id')
        .where('attempt_id', 'is not', null)
        .where('state', 'in', ['ready', 'deleted'])
        .$castTo<{ attempt_id: string }>(),
    )
    .execute()
}

async function fillFailures(db: Kysely<Database>): Promise<void> {
  const failed = db.selectFrom('images').select(['id', 'failure']).where('failure', 'is not', null)
  for (const { id, failure } of await failed.execute()) {
    const { stage, code } = v.parse(failureSchema, JSON.parse(failure ?? ''))
    await db
      .updateTable('images')
      .set({ failure_stage: stage, failure_code: code })
      .where('id', '=', id)
      .execute()
  }
}
