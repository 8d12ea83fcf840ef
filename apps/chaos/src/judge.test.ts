import type { Attempt, AuditEntry, ImageRecord } from '@lightfast/server'
import { expect, test } from 'vitest'
import type { Evidence, RecordFile } from './evidence.ts'
import type { FileKind } from './file-kinds.ts'
import { judge } from './judge.ts'
import type { Outcome, Story } from './story.ts'

const record: ImageRecord = {
  id: 'record',
  uploadId: 'upload',
  ownerId: 'ada',
  tenantId: null,
  state: 'ready',
  version: 1,
  kind: 'photo',
  privacy: 'private',
  cloudflareId: 'image',
  attemptId: 'attempt',
  filename: 'red.png',
  facts: 'claimed',
  contentType: 'image/png',
  sizeBytes: 1,
  width: 1,
  height: 1,
  metadata: {},
  failure: null,
  kept: null,
  unusedSince: null,
  thumbhash: null,
  createdAt: 0,
  updatedAt: 0,
}

function toAudit(...states: readonly ImageRecord['state'][]): readonly AuditEntry[] {
  return states.map((to, version) => ({
    imageId: 'record',
    version,
    at: 0,
    actor: 'test',
    from: states[version - 1] ?? null,
    to,
    attemptId: null,
    code: null,
  }))
}

function toFile(changes: Partial<ImageRecord> = {}): RecordFile {
  const changed = { ...record, ...changes }
  return { record: changed, attempts: [], audit: toAudit('requested', changed.state) }
}

function toAttempt(changes: Partial<Attempt> = {}): Attempt {
  return {
    id: 'attempt',
    imageId: 'record',
    rung: 'direct',
    outcome: 'closed',
    failureCode: null,
    slot: null,
    cloudflareId: null,
    refusalCode: null,
    sentAt: null,
    createdAt: 0,
    ...changes,
  }
}

function toStory(outcome: Outcome, file: FileKind = 'png'): Story {
  return {
    plan: {
      index: 0,
      seed: 1,
      owner: 0,
      arrivesMs: 0,
      file,
      sizeBytes: 1,
      behaviour: { does: 'waits' },
    },
    sha256: 'hash',
    ownerId: 'ada',
    uploadIds: ['upload'],
    outcome,
    lastSeen: undefined,
    retries: 0,
    lines: [],
  }
}

const expired = toFile({ state: 'expired', cloudflareId: null })
const heldOnce = new Map([['image', 'hash']])

function see(changes: Partial<Evidence> = {}): readonly string[] {
  const evidence: Evidence = {
    stories: [toStory({ ended: 'done' })],
    files: [toFile()],
    held: heldOnce,
    everHeld: () => true,
    jobs: [],
    bytes: [],
    ...changes,
  }
  return judge(evidence).map(({ wrong }) => wrong)
}

const nowhere = { held: new Map<string, string>(), everHeld: () => false }
const twice = new Map([
  ['image', 'hash'],
  ['other', 'hash'],
])
const badRecord = toFile({
  state: 'rejected',
  cloudflareId: null,
  failure: { code: 'file_damaged', stage: 'check', message: '' },
})

const cases: readonly (readonly [string, Partial<Evidence>, readonly string[]])[] = [
  ['one ready record with its image', {}, []],
  ['a file that is not there though it was said to be', { held: new Map() }, ['lost', 'lost']],
  ['a file that is there twice', { held: twice }, ['doubled', 'stray-image']],
  [
    'a good file that was rejected',
    {
      stories: [toStory({ ended: 'rejected', code: 'file_damaged' })],
      ...nowhere,
      files: [badRecord],
    },
    ['lost'],
  ],
  [
    'somebody who still waits',
    { stories: [toStory({ ended: 'stuck', status: '' })] },
    ['unsettled'],
  ],
  [
    'a record that is at no end',
    { files: [toFile({ state: 'delivered' })], ...nowhere },
    ['unsettled'],
  ],
  [
    'an image that was cancelled',
    { stories: [toStory({ ended: 'cancelled', told: 'heard' })] },
    ['remains'],
  ],
  [
    'a file that never left its device',
    { stories: [toStory({ ended: 'gone' })], files: [expired], ...nowhere },
    [],
  ],
  [
    'a file that Cloudflare had, and that expired',
    { stories: [toStory({ ended: 'gone' })], files: [expired], held: new Map() },
    ['lost'],
  ],
  [
    'a file that we said we have, and that expired',
    {
      stories: [{ ...toStory({ ended: 'gone' }), lastSeen: 'parked' }],
      files: [expired],
      ...nowhere,
    },
    ['lost'],
  ],
  ['a bad file that is there', { stories: [toStory({ ended: 'done' }, 'cut')] }, ['misjudged']],
  [
    'a bad file that was rejected for another reason',
    {
      stories: [toStory({ ended: 'rejected', code: 'file_refused_by_host' }, 'cut')],
      files: [badRecord],
      ...nowhere,
    },
    ['misjudged'],
  ],
  [
    'a bad file that expired though our server had heard of its refusal',
    {
      stories: [toStory({ ended: 'gone' }, 'cut')],
      files: [{ ...expired, attempts: [toAttempt({ refusalCode: 9422 })] }],
      ...nowhere,
    },
    ['misjudged'],
  ],
  [
    'a bad file that expired because nobody had told our server',
    {
      stories: [toStory({ ended: 'gone' }, 'cut')],
      files: [{ ...expired, attempts: [toAttempt({ refusalCode: null })] }],
      ...nowhere,
    },
    [],
  ],
  ['bytes that are left', { bytes: ['record'] }, ['stray-bytes']],
  ['an audit with a gap', { files: [{ ...toFile(), audit: toAudit('ready') }] }, ['audit']],
]

test.each(cases)('judges %s', (_, changes, wrongs) => {
  expect(see(changes)).toEqual(wrongs)
})
