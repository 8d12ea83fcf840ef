export interface VoteCount {
  /** Counts a witness once, and says whether there are enough now; then it starts anew. */
  readonly add: (witness: string) => boolean
  readonly clear: () => void
}

export interface VoteCountOptions {
  readonly quorum: number
  /** Older votes do not count. */
  readonly maxAgeMs: number
  readonly monotonic: () => number
}

/** Counts different witnesses: one may have a bad connection. */
export function createVoteCount({ quorum, maxAgeMs, monotonic }: VoteCountOptions): VoteCount {
  const votes = new Map<string, number>()
  return {
    add(witness) {
      const now = monotonic()
      for (const [other, at] of votes) if (at <= now - maxAgeMs) votes.delete(other)
      votes.set(witness, now)
      if (votes.size < quorum) return false
      votes.clear()
      return true
    },
    clear: () => votes.clear(),
  }
}
