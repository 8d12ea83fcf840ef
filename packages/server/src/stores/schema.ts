import type { FailureCode, ImageState, ImageType } from '@lightfast/core'
import type { Kysely } from 'kysely'

/** The tables, in types that every SQL engine has: texts, integers and JSON as text. */
export interface Database {
  readonly images: ImagesTable
  readonly attempts: AttemptsTable
}

export interface ImagesTable {
  id: string
  upload_id: string
  owner_id: string
  state: ImageState
  version: number
  kind: string
  cloudflare_id: string | null
  filename: string
  content_type: ImageType
  size_bytes: number
  width: number | null
  height: number | null
  failure: string | null
  created_at: number
  updated_at: number
}

export interface AttemptsTable {
  id: string
  image_id: string
  rung: 'direct'
  outcome: 'open' | 'failed'
  failure_code: FailureCode | null
  cloudflare_id: string | null
  upload_url: string | null
  expires_at: number | null
  created_at: number
}

/** Forward only: a migration that has been released is never edited. */
export const migrations = {
  '0001_images_and_attempts': {
    async up(db: Kysely<unknown>): Promise<void> {
      await db.schema
        .createTable('images')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('upload_id', 'text', (column) => column.notNull())
        .addColumn('owner_id', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('version', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('cloudflare_id', 'text')
        .addColumn('filename', 'text', (column) => column.notNull())
        .addColumn('content_type', 'text', (column) => column.notNull())
        .addColumn('size_bytes', 'integer', (column) => column.notNull())
        .addColumn('width', 'integer')
        .addColumn('height', 'integer')
        .addColumn('failure', 'text')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addUniqueConstraint('images_owner_upload', ['owner_id', 'upload_id'])
        .execute()
      await db.schema
        .createIndex('images_owner_created')
        .on('images')
        .columns(['owner_id', 'created_at', 'id'])
        .execute()
      await db.schema
        .createTable('attempts')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('image_id', 'text', (column) => column.notNull().references('images.id'))
        .addColumn('rung', 'text', (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('failure_code', 'text')
        .addColumn('cloudflare_id', 'text')
        .addColumn('upload_url', 'text')
        .addColumn('expires_at', 'bigint')
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute()
      await db.schema
        .createIndex('attempts_image')
        .on('attempts')
        .columns(['image_id', 'created_at'])
        .execute()
    },
  },
} as const
