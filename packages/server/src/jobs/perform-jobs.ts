import { ImagesError } from '@lightfast/core'
import type { JobBatchHandler, JobEnd, JobHandler, JobTools } from './job-handler.ts'
import type { Job } from './job-store.ts'

/** Jobs, and who does them: one by itself, or all in one go. */
export type Performer =
  | { readonly jobs: readonly [Job]; readonly alone: JobHandler }
  | { readonly jobs: readonly Job[]; readonly together: JobBatchHandler }

/** Tells how each job ended, by its key. */
export type JobEnds = (key: string) => JobEnd

/** Lets a handler do its jobs. Never rejects: what a handler throws is how its jobs ended. */
export async function performJobs(performer: Performer, tools: JobTools): Promise<JobEnds> {
  try {
    if ('alone' in performer) {
      const result = await performer.alone(performer.jobs[0], tools)
      return () => ({ result })
    }
    const results = await performer.together(performer.jobs, tools)
    return (key) => toEnd(results.get(key))
  } catch (error) {
    return () => ({ error })
  }
}

function toEnd(told: ReturnType<Awaited<ReturnType<JobBatchHandler>>['get']>): JobEnd {
  if (told instanceof ImagesError) return { error: told }
  return told === undefined
    ? { error: new Error('Nothing was told of this job.') }
    : { result: told }
}
