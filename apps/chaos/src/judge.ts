/** Says what is wrong with what is there at the end. Pure: it neither asks nor waits. */
import type { ImageState } from '@lightfast/core'
import type { Evidence, RecordFile } from './evidence.ts'
import { toExpectedCodes } from './file-kinds.ts'
import { judgeWhole } from './judge-whole.ts'
import type { Story } from './story.ts'

/**
 * `lost`: a good file that is not there, though its person saw it through or its bytes had arrived. `doubled`: there twice. `unsettled`: not at an
 * end. `misjudged`: a bad file that is there, or was rejected for another reason than it was made for. `remains`: there though it was cancelled.
 * The others are about what is left over.
 */
export type Wrong =
  | 'lost'
  | 'doubled'
  | 'unsettled'
  | 'misjudged'
  | 'remains'
  | 'stray-image'
  | 'stray-bytes'
  | 'stray-job'
  | 'audit'

export interface Finding {
  readonly wrong: Wrong
  readonly what: string
  /** The number of the upload, if it is about one. */
  readonly index?: number
}

/** Judges a run. Nothing found is what all is about. */
export function judge(evidence: Evidence): readonly Finding[] {
  const cases = toCases(evidence)
  return [...cases.flatMap((one) => judgeCase(one)), ...judgeWhole(evidence)]
}

/** One upload and all that is there of it. */
export interface Case {
  readonly story: Story
  readonly files: readonly RecordFile[]
  /** How many images at Cloudflare have its bytes. */
  readonly copies: number
  readonly wasHeld: boolean
}

/** Puts together what belongs to each upload. */
export function toCases({ stories, files, held, everHeld }: Evidence): readonly Case[] {
  const copies = Map.groupBy(held.values(), (sha256) => sha256)
  const byUpload = new Map(files.map((file) => [toKey(file.record), file]))
  return stories.map((story) => {
    const { sha256, uploadIds, ownerId } = story
    return {
      story,
      files: uploadIds.flatMap((uploadId) => byUpload.get(toKey({ ownerId, uploadId })) ?? []),
      copies: copies.get(sha256)?.length ?? 0,
      wasHeld: everHeld(sha256),
    }
  })
}

function toKey({ ownerId, uploadId }: { readonly ownerId: string; readonly uploadId: string }) {
  return `${ownerId} ${uploadId}`
}

function judgeCase(one: Case): readonly Finding[] {
  const { story, files, copies } = one
  const { index } = story.plan
  const found = (wrong: Wrong, what: string): readonly Finding[] => [{ wrong, what, index }]
  const open = files.find(({ record }) => isOpen(record.state))
  if (copies > 1) return found('doubled', `There are ${copies} images of it.`)
  if (story.outcome.ended === 'stuck') {
    return found('unsettled', `Its person still waits: ${story.outcome.status}.`)
  }
  if (open) return found('unsettled', `Its record is ${open.record.state}.`)
  const verdict = toExpectedCodes(story.plan.file).length > 0 ? judgeBad(one) : judgeGood(one)
  return verdict ? found(...verdict) : []
}

type Verdict = readonly [wrong: Wrong, what: string] | undefined

function judgeGood(one: Case): Verdict {
  const { story, copies } = one
  const { outcome } = story
  switch (outcome.ended) {
    case 'done':
      return copies === 1 ? undefined : ['lost', 'Its person was told that it is done.']
    case 'rejected':
      return ['lost', `It was rejected with ${outcome.code}.`]
    case 'cancelled':
      if (outcome.told !== 'heard') return judgeLeft(one)
      return copies === 0 ? undefined : ['remains', 'It was cancelled, and our server said so.']
    case 'gone':
      return judgeLeft(one)
    default:
      return undefined
  }
}

/** Nobody came back: what had arrived is one image; else nothing is, and its draft is on its device. */
function judgeLeft({ files, copies, wasHeld, story }: Case): Verdict {
  const states = files.map(({ record }) => record.state)
  if (copies === 1) return states.includes('ready') ? undefined : ['remains', states.join(', ')]
  const isCancelled = story.outcome.ended === 'cancelled' && states.includes('deleted')
  if (isCancelled || states.length === 0) return undefined
  if (!states.every((state) => state === 'expired')) return ['lost', `It is ${states.join(', ')}.`]
  if (wasHeld) return ['lost', 'Cloudflare had it, and it expired.']
  // What was given back to the browser at once is no loss: nobody was told that we have it.
  return story.lastSeen === 'parked'
    ? ['lost', 'We said that we have it, and it expired.']
    : undefined
}

function judgeBad({ story, files, copies }: Case): Verdict {
  const { outcome, plan } = story
  const codes = toExpectedCodes(plan.file)
  if (copies > 0) return ['misjudged', 'It is bad, and there is an image of it.']
  if (outcome.ended === 'done') return ['misjudged', 'Its person was told that it is done.']
  if (outcome.ended === 'rejected' && !codes.includes(outcome.code)) {
    return ['misjudged', `Its person was told ${outcome.code}, and it is ${plan.file}.`]
  }
  for (const { record, attempts } of files) {
    const { state, failure } = record
    if (state === 'rejected' && failure && codes.includes(failure.code)) continue
    if (state === 'deleted' && outcome.ended === 'cancelled') continue
    // Nobody told our server, or the message did not get through: then nothing came of it.
    const wasHeard = attempts.some(({ refusalCode }) => refusalCode !== null)
    if (state === 'expired' && !wasHeard) continue
    return ['misjudged', `Its record is ${state} with ${failure?.code ?? 'no failure'}.`]
  }
  return undefined
}

function isOpen(state: ImageState): boolean {
  return ['requested', 'pending', 'parked', 'delivered'].includes(state)
}
