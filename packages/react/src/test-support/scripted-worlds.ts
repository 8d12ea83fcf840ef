/** Which script leads where: one table for every way of playing it. */
import type { UploadStatus } from '../upload/upload-state.ts'
import {
  confirmAfter,
  delayReplies,
  failProvision,
  failTransfer,
  goOffline,
  openCircuit,
  parkUploads,
  rejectAfter,
  relayUploads,
  slowDown,
  succeed,
} from '../testing/script.ts'
import type { Script } from '../testing/script.ts'

export interface ScriptedWorld {
  readonly name: string
  readonly script: Script
  readonly status: UploadStatus
  readonly reason?: string
}

const slow = slowDown({ bytesPerSecond: 10 })
const late = confirmAfter(Infinity)

export const scriptedWorlds: readonly ScriptedWorld[] = [
  { name: 'succeed()', script: succeed(), status: 'done' },
  { name: 'delayReplies(60_000)', script: delayReplies(60_000), status: 'preparing' },
  { name: 'slowDown(…)', script: slow, status: 'uploading' },
  {
    name: 'relayUploads() and slowDown(…)',
    script: { ...relayUploads(), ...slow },
    status: 'relaying',
  },
  { name: 'relayUploads()', script: relayUploads(), status: 'done' },
  { name: 'parkUploads()', script: parkUploads(), status: 'parked' },
  { name: 'parkUploads({ forMs: 300 })', script: parkUploads({ forMs: 300 }), status: 'done' },
  { name: 'confirmAfter(300)', script: confirmAfter(300), status: 'done' },
  { name: 'confirmAfter(Infinity), at first', script: late, status: 'processing' },
  { name: 'confirmAfter(Infinity), then', script: late, status: 'still-checking' },
  { name: 'rejectAfter(300)', script: rejectAfter(300), status: 'rejected', reason: 'by-host' },
  {
    name: 'failProvision()',
    script: failProvision(),
    status: 'not-uploaded',
    reason: 'image-host',
  },
  {
    name: `failProvision({ code: 'unauthenticated' })`,
    script: failProvision({ code: 'unauthenticated' }),
    status: 'not-uploaded',
    reason: 'signed-out',
  },
  { name: 'openCircuit()', script: openCircuit(), status: 'waiting', reason: 'circuit' },
  { name: 'goOffline()', script: goOffline(), status: 'not-uploaded', reason: 'server' },
  { name: 'failTransfer()', script: failTransfer(), status: 'draft-saved' },
  { name: 'failTransfer({ times: 1 })', script: failTransfer({ times: 1 }), status: 'done' },
  {
    name: 'failTransfer({ cloudflareCode: 5550 })',
    script: failTransfer({ cloudflareCode: 5550 }),
    status: 'draft-saved',
  },
  {
    name: 'failTransfer({ cloudflareCode: 5455 })',
    script: failTransfer({ cloudflareCode: 5455 }),
    status: 'rejected',
    reason: 'by-host',
  },
]
