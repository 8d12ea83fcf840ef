import type { FailureCode, Rung } from '@lightfast/core'
import { describe, expect, test } from 'vitest'
import type { ClientStatus } from '../client/create-client-core.ts'
import { openAccount } from '../test-support/open-account.ts'
import { chooseRung, readHealth } from './choose-way.ts'
import type { ChoiceFacts, HostHealth } from './choose-way.ts'
import type { Attempt } from './record.ts'

const NOON = Date.parse('2026-11-22T12:00:00Z')
const well: HostHealth = { api: 'well', uploadHost: 'well' }
const all: readonly Rung[] = ['direct', 'relay', 'park']

function failed(failureCode: FailureCode, agoMs = 0, rung: Rung = 'direct'): Attempt {
  return {
    id: 'a',
    imageId: 'i',
    rung,
    outcome: 'failed',
    failureCode,
    slot: null,
    cloudflareId: null,
    refusalCode: null,
    sentAt: null,
    createdAt: NOON - agoMs,
  }
}

const choose = (facts: Partial<ChoiceFacts>) =>
  chooseRung({ rungs: all, attempts: [], past: 'clear', host: well, now: NOON, ...facts })

describe('the next rung', () => {
  const broke = failed('transfer_interrupted')
  const old = failed('upload_host_failed', 600_000)

  test.each<[string, Partial<ChoiceFacts>, Rung | undefined]>([
    ['all is well', {}, 'direct'],
    ['the API is down', { host: { ...well, api: 'down' } }, 'park'],
    [
      'the API is down, and nothing is parked here',
      { host: { ...well, api: 'down' }, rungs: ['direct', 'relay'] },
      'direct',
    ],
    ['nobody knows what became of the bytes', { past: 'unknown' }, 'park'],
    ['nobody knows, and nothing is parked here', { past: 'unknown', rungs: ['direct'] }, undefined],
    ['the upload host is down', { host: { ...well, uploadHost: 'down' } }, 'relay'],
    [
      'the upload host is down, and we only park',
      { host: { ...well, uploadHost: 'down' }, rungs: ['direct', 'park'] },
      'park',
    ],
    [
      'the upload host is down, and there is no other way',
      { host: { ...well, uploadHost: 'down' }, rungs: ['direct'] },
      'direct',
    ],
    ['the host has just failed', { attempts: [failed('upload_host_failed')] }, 'relay'],
    ['the host failed a while ago', { attempts: [old] }, 'direct'],
    ['a connection broke once', { attempts: [broke] }, 'direct'],
    ['a connection broke twice', { attempts: [broke, failed('transfer_timed_out')] }, 'relay'],
    [
      'it broke on its way to us',
      { attempts: [broke, failed('transfer_interrupted', 0, 'relay')] },
      'direct',
    ],
  ])('if %s', (_, facts, rung) => {
    expect(choose(facts)).toBe(rung)
  })
})

/** A client at rest, with some circuits and gates as told. */
function toStatus(circuits: Readonly<Record<string, object>>, closedMs = 0): ClientStatus {
  const status = openAccount({ batch: 'auto' }).client.status()
  return {
    ...status,
    circuits: status.circuits.map((one) => ({ ...one, ...circuits[one.circuit] })),
    gates: status.gates.map((one) => (one.gate === 'api' ? { ...one, closedMs } : one)),
  }
}

describe('a host', () => {
  const open = { status: 'open', retryAfterMs: 1 }
  const due = { status: 'open', retryAfterMs: 0 }
  const used = { calls: 1 }

  test.each<[string, ClientStatus, HostHealth['api']]>([
    ['nothing is known', toStatus({}), 'well'],
    ['its circuit is open', toStatus({ write: open }), 'down'],
    ['only the circuit for reading is open', toStatus({ read: open }), 'well'],
    ['its circuit waits for somebody to try', toStatus({ write: due }), 'well'],
    ['its gate is shut', toStatus({}, 1), 'down'],
    [
      'its circuit is open, and the batch host is used',
      toStatus({ write: open, batch: used }),
      'well',
    ],
    ['both circuits are open', toStatus({ write: open, batch: { ...used, ...open } }), 'down'],
  ])('of the API, if %s', (_, status, api) => {
    expect(readHealth(status).api).toBe(api)
  })

  test('of uploads is down while its circuit is open, and well when somebody may try', () => {
    const status = toStatus({})
    const withHost = (host: object) => ({
      ...status,
      uploadHost: { ...status.uploadHost, ...host },
    })
    expect(readHealth(status).uploadHost).toBe('well')
    expect(readHealth(withHost(open)).uploadHost).toBe('down')
    expect(readHealth(withHost(due)).uploadHost).toBe('well')
  })
})
