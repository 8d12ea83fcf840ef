import { failures } from './failure.ts'
import type {
  AccessReason,
  FailureCode,
  FailureFacts,
  FileReason,
  HostReason,
  Stage,
} from './failure.ts'

/**
 * What became of the copy on the user's device: `kept` in its storage, `no-room` when the device
 * refused it, `unavailable` when there is no such storage or the app asked for none. In the last two
 * cases the bytes live only as long as the page.
 */
export type DraftOutcome = 'kept' | 'no-room' | 'unavailable'

/** The three failure states, never mixed up, and the reason that picks the words within each. */
export type UserState =
  | { readonly state: 'not-uploaded'; readonly reason: AccessReason | HostReason }
  | { readonly state: 'draft-saved'; readonly reason: DraftOutcome }
  | { readonly state: 'rejected'; readonly reason: FileReason }

/**
 * Decides what a person is told: *rejected* (another file), *draft saved* (the bytes set out and did
 * not arrive) or *not uploaded* (nothing was sent). This is the only place where it is decided.
 */
export function userState(stage: Stage, code: FailureCode, draft: DraftOutcome): UserState {
  const { reason }: FailureFacts = failures[code]
  if (isFileReason(reason)) return { state: 'rejected', reason }
  if (isAccessReason(reason) || stage === 'check' || stage === 'provision') {
    return { state: 'not-uploaded', reason }
  }
  return { state: 'draft-saved', reason: draft }
}

const hostReasons: readonly string[] = ['image-host', 'server', 'fault'] satisfies HostReason[]
const accessReasons: readonly string[] = [
  'signed-out',
  'not-allowed',
  'too-many',
] satisfies AccessReason[]

function isAccessReason(reason: FailureFacts['reason']): reason is AccessReason {
  return accessReasons.includes(reason)
}

function isFileReason(reason: FailureFacts['reason']): reason is FileReason {
  return !isAccessReason(reason) && !hostReasons.includes(reason)
}
