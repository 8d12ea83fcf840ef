import type { Kysely } from 'kysely'
import type { TextType } from './tables.ts'

/** Makes the tables of records and attempts as they were first released. */
export async function createImagesAndAttempts(db: Kysely<unknown>, text: TextType): Promise<void> {
  await createImages(db, text)
  await createAttempts(db, text)
}

async function createImages(db: Kysely<unknown>, text: TextType): Promise<void> {
  await db.schema
    .createTable('images')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('upload_id', text, (column) => column.notNull())
    .addColumn('owner_id', text, (column) => column.notNull())
    .addColumn('state', text, (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('kind', text, (column) => column.notNull())
    .addColumn('cloudflare_id', text)
    .addColumn('filename', text, (column) => column.notNull())
    .addColumn('content_type', text, (column) => column.notNull())
    .addColumn('size_bytes', 'integer', (column) => column.notNull())
    .addColumn('width', 'integer')
    .addColumn('height', 'integer')
    .addColumn('failure', text)
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .addUniqueConstraint('images_owner_upload', ['owner_id', 'upload_id'])
    .execute()
  await db.schema
    .createIndex('images_owner_created')
    .on('images')
    .columns(['owner_id', 'created_at', 'id'])
    .execute()
}

async function createAttempts(db: Kysely<unknown>, text: TextType): Promise<void> {
  await db.schema
    .createTable('attempts')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('image_id', text, (column) => column.notNull().references('images.id'))
    .addColumn('rung', text, (column) => column.notNull())
    .addColumn('outcome', text, (column) => column.notNull())
    .addColumn('failure_code', text)
    .addColumn('cloudflare_id', text)
    .addColumn('upload_url', text)
    .addColumn('expires_at', 'bigint')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .execute()
  await db.schema
    .createIndex('attempts_image')
    .on('attempts')
    .columns(['image_id', 'created_at'])
    .execute()
}
