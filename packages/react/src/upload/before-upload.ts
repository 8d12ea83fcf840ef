import { imageTypes } from '@lightfast/core'
import type { FilePolicy, ImageFacts } from '@lightfast/core'
import type { UploadTask, UploadTools } from './upload-task.ts'

export interface BeforeUploadOptions {
  /** Aborts when nobody waits for it any more: the file was taken off the list, or the page left. */
  readonly signal: AbortSignal
  readonly name: string
}

/**
 * Makes the file that is uploaded of the one that was picked, before the policy judges it. A `File` is uploaded
 * under its own name. Null, or a throw: the picked one goes on as it is, so that no fault of this step ever costs a photo.
 */
export interface BeforeUpload {
  (file: Blob, facts: ImageFacts, options: BeforeUploadOptions): Promise<Blob | null>
  /** What may be picked, where more than the policy can be made to fit. People read these limits. */
  readonly toPickPolicy?: (policy: FilePolicy) => FilePolicy
}

/** Says what may be picked at all. A type that nobody can upload may become one that everybody can. */
export function toPickPolicy(policy: FilePolicy, beforeUpload: BeforeUpload | null): FilePolicy {
  if (beforeUpload === null) return policy
  return { ...(beforeUpload.toPickPolicy?.(policy) ?? policy), types: imageTypes }
}

/** Only the types that are sure to work are promised: a phone converts by itself what it is not asked for. */
export function toShownPolicy({ policy, pickPolicy }: UploadTools): FilePolicy {
  return { ...pickPolicy, types: policy.types }
}

/** Null without such a step: then what was picked has been judged already. */
export async function makeReady(
  { job, tools, signal }: UploadTask,
  { bytes, facts }: { readonly bytes: Blob; readonly facts: ImageFacts },
): Promise<Blob | null> {
  if (tools.beforeUpload === null) return null
  try {
    return (await tools.beforeUpload(bytes, facts, { signal, name: job.name })) ?? bytes
  } catch {
    return bytes
  }
}
