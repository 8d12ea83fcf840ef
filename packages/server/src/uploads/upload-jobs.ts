import type { JobHandlers } from '../jobs/job-handler.ts'
import { closeAttempt } from './close-attempt.ts'
import { confirmMany, confirmOne } from './confirm-jobs.ts'
import { dropBytes } from './drop-bytes.ts'
import { endIfOver } from './end-if-over.ts'
import { forward, giveUpForward } from './forward-job.ts'
import { reconcile } from './reconcile.ts'
import { makeThumbhash } from './thumbhash-job.ts'
import type { UploadsContext } from './uploads-context.ts'

export interface UploadJobsOptions {
  /** How often records and images are compared, once it was asked for. */
  readonly reconcileEveryMs: number | undefined
}

/** Says what each kind of job does for uploads. Each can be done more than once and does no harm. */
export function createUploadJobs(
  context: UploadsContext,
  { reconcileEveryMs }: UploadJobsOptions,
): JobHandlers {
  return {
    expire: async ({ subject }) => endIfOver(context, subject),
    confirm: (job, { signal }) => confirmOne(context, job.subject, signal),
    confirmBatch: (jobs, { signal }) => confirmMany(context, jobs, signal),
    forward: (job, { signal }) => forward(context, job.subject, signal),
    close: (job, { signal }) => closeAttempt(context, job.subject, signal),
    async 'delete-remote'({ subject }, { signal }) {
      await context.client.images.delete(subject, { missingOk: true, signal })
      return 'done'
    },
    'drop-bytes': ({ subject }) => dropBytes(context, subject),
    async reconcile(_, { signal }) {
      await reconcile(context, { mode: 'mend', signal })
      const { now } = context
      return reconcileEveryMs === undefined ? 'done' : { againAt: now() + reconcileEveryMs }
    },
    thumbhash: ({ subject }, { signal }) => makeThumbhash(context, subject, signal),
    onDead: async ({ kind, subject }, code) => {
      if (kind === 'forward') await giveUpForward(context, subject, code)
    },
  }
}
