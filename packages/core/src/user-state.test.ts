import { describe, expect, test } from 'vitest'
import { failures } from './failure.ts'
import type { FailureCode, FailureFacts, Stage } from './failure.ts'
import { userState } from './user-state.ts'
import type { DraftOutcome } from './user-state.ts'

const codes = Object.keys(failures).filter((code): code is FailureCode => code in failures)
const stages: Stage[] = ['check', 'provision', 'transfer', 'processing']
const drafts: DraftOutcome[] = ['kept', 'no-room', 'unavailable']

describe('userState', () => {
  test.each([
    ['provision', 'host_unavailable', 'kept', { state: 'not-uploaded', reason: 'image-host' }],
    ['provision', 'circuit_open', 'no-room', { state: 'not-uploaded', reason: 'image-host' }],
    ['provision', 'server_unreachable', 'kept', { state: 'not-uploaded', reason: 'server' }],
    ['provision', 'unauthenticated', 'kept', { state: 'not-uploaded', reason: 'signed-out' }],
    ['transfer', 'forbidden', 'kept', { state: 'not-uploaded', reason: 'not-allowed' }],
    ['transfer', 'transfer_interrupted', 'kept', { state: 'draft-saved', reason: 'kept' }],
    ['transfer', 'upload_host_failed', 'no-room', { state: 'draft-saved', reason: 'no-room' }],
    [
      'processing',
      'host_unavailable',
      'unavailable',
      { state: 'draft-saved', reason: 'unavailable' },
    ],
    ['check', 'file_too_large', 'unavailable', { state: 'rejected', reason: 'too-large' }],
    ['processing', 'file_refused_by_host', 'kept', { state: 'rejected', reason: 'by-host' }],
    ['transfer', 'file_refused_by_host', 'kept', { state: 'rejected', reason: 'by-host' }],
  ] as const)('%s, %s, draft %s', (stage, code, draft, expected) => {
    expect(userState(stage, code, draft)).toEqual(expected)
  })

  test('refuses a file for reasons of the file alone, whatever the stage', () => {
    for (const code of codes) {
      const facts: FailureFacts = failures[code]
      const aboutFile = facts.stage === 'check' || facts.stage === 'processing'
      const told = stages.flatMap((stage) =>
        drafts.map((draft) => userState(stage, code, draft).state),
      )
      expect(
        told.every((state) => state === 'rejected'),
        code,
      ).toBe(aboutFile)
    }
  })

  test('never says that a draft was saved before a byte was sent', () => {
    for (const code of codes) {
      expect(userState('provision', code, 'kept').state).not.toBe('draft-saved')
    }
  })

  test('never promises a copy that the device does not have', () => {
    for (const code of codes) {
      const told = userState('transfer', code, 'no-room')
      expect(told).not.toMatchObject({ state: 'draft-saved', reason: 'kept' })
    }
  })
})
