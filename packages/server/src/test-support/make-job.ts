import type { Job } from '../jobs/job-store.ts'

/** A job like any other. */
export function makeJob(given: Partial<Job> = {}): Job {
  const { kind = 'forward', subject = '1' } = given
  return {
    key: `${kind}:${subject}`,
    kind,
    subject,
    state: 'queued',
    runAt: 0,
    tries: 0,
    pauseMs: 0,
    lease: null,
    code: null,
    revision: 0,
    createdAt: 0,
    ...given,
  }
}
