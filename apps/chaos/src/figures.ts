/** What a run came to, in numbers. */
import type { FailureCode } from '@lightfast/core'
import type { Evidence } from './evidence.ts'
import type { Wrong } from './judge.ts'
import type { ChaosResult } from './run-chaos.ts'

export interface Figures {
  readonly uploads: number
  readonly lost: number
  readonly doubled: number
  readonly unsettled: number
  /** Everything else that is wrong, by what it is. */
  readonly findings: Counts
  /** How the uploads ended for their people. */
  readonly outcomes: Counts
  /** Records by state. */
  readonly states: Counts
  /** Ready images by the way that their bytes took. */
  readonly rungs: Counts
  /** Expired records of people who left, cancelled, or were told by Cloudflare itself that the file will not do. */
  readonly expiredUnseen: number
  readonly attempts: number
  /** Attempts that failed, by why. */
  readonly attemptFailures: Counts
  readonly retriesByHand: number
  /** Requests to Cloudflare, and those that met a fault, by its effect. */
  readonly requests: number
  readonly faults: Counts
  /** How often what was switched on or broken. */
  readonly troubles: Counts
  /** What our servers had to say of faults of their own, such as a database that is gone. */
  readonly complaints: Counts
  readonly seconds: { readonly told: number; readonly real: number }
}

export type Counts = Readonly<Record<string, number>>

/** Counts. */
export function toFigures({ evidence, findings, stage, ...result }: ChaosResult): Figures {
  const { stories, files } = evidence
  const of = (wrong: Wrong): number => findings.filter((one) => one.wrong === wrong).length
  const attempts = files.flatMap((file) => file.attempts)
  const codes = attempts.flatMap(({ failureCode }): readonly FailureCode[] =>
    failureCode === null ? [] : [failureCode],
  )
  return {
    uploads: stories.length,
    lost: of('lost'),
    doubled: of('doubled'),
    unsettled: of('unsettled'),
    findings: count(findings.map(({ wrong }) => wrong)),
    outcomes: count(stories.map(({ outcome }) => outcome.ended)),
    states: count(files.map(({ record }) => record.state)),
    rungs: count(attempts.filter(({ outcome }) => outcome === 'won').map(({ rung }) => rung)),
    expiredUnseen: countExpired(evidence),
    attempts: attempts.length,
    attemptFailures: count(codes),
    retriesByHand: stories.reduce((sum, { retries }) => sum + retries, 0),
    requests: stage.host.log.list().length,
    faults: stage.host.log.faults(),
    troubles: result.troubles,
    complaints: count(stage.servers.flatMap((server) => server.complaints())),
    seconds: {
      told: Math.round(result.durationMs.told / 1000),
      real: Math.round(result.durationMs.real / 1000),
    },
  }
}

/** Counts how often each word is there. */
function count(words: readonly string[]): Counts {
  const groups = Map.groupBy(words, (word) => word)
  return Object.fromEntries([...groups].map(([word, all]) => [word, all.length]))
}

function countExpired({ stories, files }: Evidence): number {
  const gone = stories.filter(({ outcome }) => outcome.ended !== 'done')
  const ids = new Set(gone.flatMap(({ uploadIds }) => uploadIds))
  return files.filter(({ record }) => record.state === 'expired' && ids.has(record.uploadId)).length
}
