import { statusKinds } from '../upload/status-kind.ts'
import type { UploadItem } from '../upload/upload-state.ts'
import type { FormWords } from '../words/form-words.ts'
import { toSafeId } from './field-value.ts'

/** Why a form cannot be sent as it is. */
export type FieldProblem =
  | { readonly kind: 'missing' }
  /** So many photos are on their way. */
  | { readonly kind: 'pending'; readonly count: number }
  /** So many wait for the person: they have failed, or were left over from an earlier visit. */
  | { readonly kind: 'unfinished'; readonly count: number }

export interface FieldFacts {
  readonly items: readonly UploadItem[]
  /** The images that would be sent. */
  readonly ids: readonly string[]
  readonly required: boolean
  /** Whether a form may be sent without those of its photos that are not uploaded. */
  readonly whileUnfinished: 'hold' | 'submit'
}

/** Finds what holds the form back; null if nothing does. What needs only patience comes first. */
export function findProblem(facts: FieldFacts): FieldProblem | null {
  const { items, ids, required, whileUnfinished } = facts
  if (whileUnfinished === 'hold') {
    const pending = items.filter(isPending).length
    if (pending > 0) return { kind: 'pending', count: pending }
    const unfinished = items.filter(isUnfinished).length
    if (unfinished > 0) return { kind: 'unfinished', count: unfinished }
  }
  return required && ids.length === 0 ? { kind: 'missing' } : null
}

/** Puts the problem into words. Empty: there is none, as `setCustomValidity` wants it. */
export function tellProblem(
  problem: FieldProblem | null,
  { words, maxFiles }: { readonly words: FormWords; readonly maxFiles: number },
): string {
  if (problem === null) return ''
  return problem.kind === 'missing' ? words.missing(maxFiles) : words[problem.kind](problem.count)
}

/** Asks whether a photo waits for the person: it has failed, or was left over from an earlier visit. */
export function isUnfinished({ state }: UploadItem): boolean {
  return state.status === 'restored' || statusKinds[state.status] === 'failed'
}

function isPending(item: UploadItem): boolean {
  return toSafeId(item) === null && !isUnfinished(item)
}
