import type { Principal } from '../access/principal.ts'
import type { JobRunner } from '../jobs/create-job-runner.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Uploads } from '../uploads/create-uploads.ts'
import type { Pace } from './create-pace.ts'
import type { Turns } from './create-turns.ts'
import type { Sha256 } from './import-source.ts'

/** What an import works with. */
export interface ImportContext {
  readonly uploads: Pick<Uploads, 'storeFile' | 'operator'>
  /** Does the jobs of files that we keep. */
  readonly runner: Pick<JobRunner, 'run'>
  /** Gives up the bytes of files that are done with, so that they never fill their place. */
  readonly tidy: () => Promise<unknown>
  readonly principal: Principal
  readonly kind: string
  readonly maxBytes: number
  readonly pace: Pace
  /** Does what is about the same bytes one after the other. */
  readonly inTurn: Turns
  readonly memory: ImportMemory
  readonly createSha256: () => Sha256
  readonly surroundings: Pick<Surroundings, 'now' | 'random' | 'schedule'>
}

/** Remembers what earlier runs have done. */
export interface ImportMemory {
  readonly has: (key: string) => boolean
  readonly add: (key: string) => void
}
