import type { Kysely } from 'kysely'
import type { Database, TextType } from './tables.ts'

/** Adds what access and delivery need: likenesses, rights that were taken back, and the index of a tenant's images. */
export async function addAccess({ schema }: Kysely<Database>, text: TextType): Promise<void> {
  await schema.alterTable('images').addColumn('thumbhash', text).execute()
  await schema
    .createIndex('images_tenant_created')
    .on('images')
    .columns(['tenant_id', 'created_at', 'id'])
    .execute()
  await schema
    .createTable('epochs')
    .addColumn('subject', text, (column) => column.primaryKey())
    .addColumn('epoch', 'integer', (column) => column.notNull())
    .execute()
  await schema
    .createTable('consumed')
    .addColumn('id', text, (column) => column.primaryKey())
    .addColumn('until', 'bigint', (column) => column.notNull())
    .execute()
  await schema.createIndex('consumed_until').on('consumed').column('until').execute()
}
