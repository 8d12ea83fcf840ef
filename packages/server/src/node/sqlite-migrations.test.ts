import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { migrateSqlite, openSqliteStore } from './sqlite.ts'

const folder = mkdtempSync(join(tmpdir(), 'lightfast-migrations-'))
let count = 0
const nextPath = () => join(folder, `${(count += 1)}.db`)

afterAll(() => rmSync(folder, { recursive: true }))

/** A file as the first version left it: taken from one, statement by statement. */
const FIRST_VERSION = `
  create table "kysely_migration" ("name" varchar(255) not null primary key, "timestamp" varchar(255) not null);
  create table "kysely_migration_lock" ("id" varchar(255) not null primary key, "is_locked" integer default 0 not null);
  insert into kysely_migration_lock values ('migration_lock', 0);
  insert into kysely_migration values ('0001_images_and_attempts', '2026-11-20T12:00:00.000Z');
  create table "images" ("id" text primary key, "upload_id" text not null, "owner_id" text not null, "state" text not null,
    "version" integer not null, "kind" text not null, "cloudflare_id" text, "filename" text not null,
    "content_type" text not null, "size_bytes" integer not null, "width" integer, "height" integer, "failure" text,
    "created_at" bigint not null, "updated_at" bigint not null,
    constraint "images_owner_upload" unique ("owner_id", "upload_id"));
  create index "images_owner_created" on "images" ("owner_id", "created_at", "id");
  create table "attempts" ("id" text primary key, "image_id" text not null references "images" ("id"), "rung" text not null,
    "outcome" text not null, "failure_code" text, "cloudflare_id" text, "upload_url" text, "expires_at" bigint,
    "created_at" bigint not null);
  create index "attempts_image" on "attempts" ("image_id", "created_at");
  insert into images values
    ('ready', 'u1', 'ada', 'ready', 2, 'photo', 'c1', 'a.png', 'image/png', 7, 1, 2, null, 10, 20),
    ('pending', 'u2', 'ada', 'pending', 1, 'photo', 'c2', 'b.png', 'image/png', 8, null, null,
      '{"code":"circuit_open","stage":"provision","message":"Paused."}', 11, 21);
  insert into attempts values
    ('t0', 'ready', 'direct', 'failed', 'slot_expired', 'c0', 'https://upload.example/0', 30, 10),
    ('t1', 'ready', 'direct', 'open', null, 'c1', 'https://upload.example/1', 31, 12),
    ('t2', 'pending', 'direct', 'open', null, 'c2', 'https://upload.example/2', 32, 13),
    ('t3', 'pending', 'direct', 'open', null, null, null, null, 14);
`

function writeFirstVersion(path: string): void {
  const database = new DatabaseSync(path)
  database.exec(FIRST_VERSION)
  database.close()
}

test('a file of the first version keeps its rows, in the new words', async () => {
  const path = nextPath()
  writeFirstVersion(path)
  expect(await migrateSqlite({ path, mode: 'look' })).toEqual(['0002_upload_ladder', '0003_access'])
  expect(await migrateSqlite({ path })).toEqual(['0002_upload_ladder', '0003_access'])
  expect(await migrateSqlite({ path })).toEqual([])
  const store = await openSqliteStore({ path, migrate: 'by-command' })
  onTestFinished(store.close)
  const more = {
    tenantId: null,
    privacy: 'private',
    facts: 'claimed',
    metadata: {},
    thumbhash: null,
  } as const
  const same = { ownerId: 'ada', kind: 'photo', contentType: 'image/png', ...more }
  expect(await store.records.find('ready')).toEqual({
    ...same,
    id: 'ready',
    uploadId: 'u1',
    state: 'ready',
    version: 2,
    cloudflareId: 'c1',
    attemptId: 't1',
    filename: 'a.png',
    sizeBytes: 7,
    width: 1,
    height: 2,
    failure: null,
    kept: null,
    unusedSince: null,
    createdAt: 10,
    updatedAt: 20,
  })
  const failure = { code: 'circuit_open', stage: 'provision', message: 'Paused.' } as const
  const pending = await store.records.find('pending')
  // A slot is no image yet: nothing has won.
  expect(pending).toMatchObject({ cloudflareId: null, attemptId: null, failure })
  expect(await store.attempts.of('ready')).toMatchObject([
    { id: 't1', outcome: 'won', slot: { cloudflareId: 'c1', expiresAt: 31 }, cloudflareId: 'c1' },
    { id: 't0', outcome: 'failed', failureCode: 'slot_expired', sentAt: null, refusalCode: null },
  ])
  expect(await store.attempts.of('pending')).toMatchObject([
    { id: 't3', slot: null },
    { id: 't2', outcome: 'open', slot: { cloudflareId: 'c2' } },
  ])
  expect(await store.records.count()).toContainEqual({
    state: 'pending',
    stage: 'provision',
    code: 'circuit_open',
    rung: 'direct',
    count: 1,
    oldestAt: 21,
  })
  const beside = { actor: 'ada' }
  expect(pending && (await store.records.move(pending, 'delivered', { beside }))).toMatchObject({
    version: 2,
  })
})

test('a store whose tables are left to the command refuses to open until it has run', async () => {
  const path = nextPath()
  writeFirstVersion(path)
  const options = { path, migrate: 'by-command' } as const
  await expect(openSqliteStore(options)).rejects.toThrow(
    'The database lacks 0002_upload_ladder, 0003_access. Run "lightfast migrate" first',
  )
  await migrateSqlite({ path })
  const store = await openSqliteStore(options)
  expect(await store.records.list({ limit: 9 })).toHaveLength(2)
  await store.close()
})

test('a migration that fails leaves the file as it was', async () => {
  const path = nextPath()
  writeFirstVersion(path)
  const database = new DatabaseSync(path)
  database.exec('create table leases (something text)')
  await expect(migrateSqlite({ path })).rejects.toMatchObject({ code: 'store_unavailable' })
  database.exec('drop table leases')
  expect(await migrateSqlite({ path })).toEqual(['0002_upload_ladder', '0003_access'])
  database.close()
})

test('a file of a later version is opened as it is, so that versions may change one after the other', async () => {
  const path = nextPath()
  await migrateSqlite({ path })
  const database = new DatabaseSync(path)
  database.exec(`insert into kysely_migration values ('9999_later', '2036-11-20T12:00:00.000Z')`)
  database.close()
  const store = await openSqliteStore({ path })
  expect(await store.records.list({ limit: 1 })).toEqual([])
  await store.close()
})
