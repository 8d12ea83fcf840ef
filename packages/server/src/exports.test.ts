import { expect, test } from 'vitest'
import * as bullmq from './bullmq/index.ts'
import * as hono from './hono/index.ts'
import * as main from './index.ts'
import * as node from './node/index.ts'
import * as otel from './otel/index.ts'
import * as postgres from './postgres/index.ts'
import * as redis from './redis/index.ts'
import * as s3 from './s3/index.ts'
import * as workers from './workers/index.ts'

test('the public surface widens only on purpose', () => {
  const names = [main, bullmq, hono, node, otel, postgres, redis, s3, workers].map((entry) =>
    Object.keys(entry).toSorted(),
  )
  expect(names).toEqual([
    [
      'all',
      'any',
      'applyVariantPlan',
      'auditDecisions',
      'bucketExpiry',
      'createAvatars',
      'createClientCore',
      'createDefaultPolicy',
      'createDeliverySource',
      'createGateway',
      'createImagesClient',
      'createJobRunner',
      'createJwtAuthenticate',
      'createMemoryBreakerStore',
      'createMemoryByteStore',
      'createMemoryRenditionCache',
      'createMemoryStore',
      'createMetrics',
      'createPictures',
      'createPolicy',
      'createUploads',
      'createViewKeys',
      'defaultWatermarkPlans',
      'drawPlaceholder',
      'everybody',
      'imageExpiry',
      'importAccountKeys',
      'importSigningKey',
      'importSigningKeyRing',
      'inGroup',
      'isPublic',
      'not',
      'owner',
      'parsePresets',
      'planVariants',
      'sameTenant',
      'shareCircuits',
      'signBatch',
      'signPreset',
      'signUrl',
      'verifyUrl',
    ],
    ['createBullDispatcher'],
    ['createImagesRoutes', 'requireAccess'],
    [
      'migrateSqlite',
      'openFolderByteStore',
      'openFolderRenditionCache',
      'openSqliteBreakerStore',
      'openSqliteStore',
    ],
    ['instrumentClient', 'instrumentUploads'],
    ['migratePostgres', 'openPostgresStore'],
    ['createRedisBreakerStore'],
    ['createS3ByteStore'],
    ['createBindingRenderer'],
  ])
})
