import { DELIVERY_ORIGIN } from '@lightfast/core'
import type {
  CompleteUpload,
  ImageReply,
  ReportFailure,
  Rung,
  StartedUpload,
  StartUpload,
} from '@lightfast/core'
import pLimit from 'p-limit'
import { createDefaultPolicy } from '../access/default-policy.ts'
import type { PolicyEngine } from '../access/policy-engine.ts'
import type { Principal } from '../access/principal.ts'
import type { ByteStore } from '../bytes/byte-store.ts'
import type { ImagesClient } from '../client/create-images-client.ts'
import type { Gateway } from '../gateway/create-gateway.ts'
import type { SigningKeys } from '../delivery/key-ring.ts'
import { createEventBus } from '../events.ts'
import type { Events } from '../events.ts'
import { findAllowed } from '../images/find-allowed.ts'
import { createImageActions } from '../images/image-actions.ts'
import type { ImageActions } from '../images/image-actions.ts'
import { removeSeen } from '../images/remove-image.ts'
import { toImage } from '../images/to-image.ts'
import type { JobHandlers } from '../jobs/job-handler.ts'
import type { NewJob } from '../jobs/job-store.ts'
import type { Logger } from '../log-events.ts'
import { defaultSurroundings } from '../surroundings.ts'
import type { Surroundings } from '../surroundings.ts'
import { createLookLimit } from './look-limit.ts'
import { previewBytes } from './preview-bytes.ts'
import type { Preview } from './preview-bytes.ts'
import { receiveBytes } from './receive-bytes.ts'
import type { ReceiveBytes } from './receive-bytes.ts'
import { receiveWebhook } from './receive-webhook.ts'
import type { Heard } from './receive-webhook.ts'
import { reconcile } from './reconcile.ts'
import type { Reconciled, ReconcileOptions } from './reconcile.ts'
import type { ImageRecord } from './record.ts'
import { registerImage } from './register-image.ts'
import type { RegisterImage } from './register-image.ts'
import { completeUpload, reportFailure, uploadStatus } from './settle-upload.ts'
import { startUpload } from './start-upload.ts'
import type { AuditEntry, ImagesStore, StateCount, Usage } from './store.ts'
import { storeFile } from './store-file.ts'
import type { UploadsEvent } from './upload-events.ts'
import { createUploadJobs } from './upload-jobs.ts'
import type { Likeness } from './thumbhash-job.ts'
import type { UploadKind } from './upload-kind.ts'
import { readLimits, readRungs, readTimes } from './uploads-config.ts'
import type { UploadLimits, UploadTimes } from './uploads-config.ts'
import type { UploadsContext } from './uploads-context.ts'
import { addUsage, removeUsage } from './usages.ts'
import type { Use } from './usages.ts'

export interface UploadsOptions extends Partial<
  Pick<Surroundings, 'now' | 'randomId' | 'schedule'>
> {
  readonly client: ImagesClient
  readonly store: ImagesStore
  /** What the app uses images for, such as `photo`, and what each accepts. */
  readonly kinds: Readonly<Record<string, UploadKind>>
  /** Where bytes are kept on the rungs `relay` and `park`. */
  readonly bytes?: ByteStore
  /**
   * The ways there are, or a function that is asked for each upload, so that they can be switched while the app runs.
   * @default `direct`, and `relay` where there is a place for bytes
   */
  readonly rungs?: readonly Rung[] | (() => readonly Rung[])
  readonly times?: Partial<UploadTimes>
  readonly limits?: Partial<UploadLimits>
  /** Who may do what to an image. @default its owner everything, the group `image_viewer` and its tenant a look */
  readonly policy?: PolicyEngine
  /** Draws pictures with a mark. @default none: who is obliged to a mark sees no picture */
  readonly gateway?: Gateway
  readonly accountHash: string
  /** One key, or a ring of them while one takes over from another. */
  readonly signingKey: SigningKeys
  /** The named variants that may be asked for. */
  readonly variants: readonly string[]
  /** @default 'https://imagedelivery.net' */
  readonly deliveryOrigin?: string
  /** How long a signed URL lives at least, in milliseconds. @default 3_600_000 */
  readonly urlMs?: number
  /** How often the job `reconcile` comes back once it was enqueued. @default it does not */
  readonly reconcileEveryMs?: number
  /** Makes the likenesses that pages show until a picture is there, after it is ready. @default none are made */
  readonly likeness?: Likeness
  /** Told of listeners that throw. @default console */
  readonly logger?: Pick<Logger, 'error'>
}

/** Everything that can be asked about a principal's uploads and images, without HTTP. */
export interface Uploads extends ImageActions {
  readonly start: (principal: Principal, request: StartUpload) => Promise<StartedUpload>
  /** Takes the bytes of an upload on the rungs `relay` and `park`. */
  readonly putBytes: (
    principal: Principal,
    id: string,
    received: ReceiveBytes,
  ) => Promise<ImageReply>
  readonly complete: (
    principal: Principal,
    id: string,
    request: CompleteUpload,
  ) => Promise<ImageReply>
  readonly fail: (principal: Principal, id: string, report: ReportFailure) => Promise<ImageReply>
  readonly status: (principal: Principal, id: string) => Promise<ImageReply>
  /** Gives the owner a look at bytes that we keep. */
  readonly preview: (principal: Principal, id: string) => Promise<Preview>
  /** Uploads a file from the server itself. */
  readonly storeFile: (
    principal: Principal,
    request: StartUpload,
    body: ReadableStream<Uint8Array>,
  ) => Promise<ImageReply>
  /** Takes an image into the records that is at Cloudflare already, if Cloudflare says that it is the principal's. */
  readonly register: (principal: Principal, image: RegisterImage) => Promise<ImageReply>
  readonly usages: UploadUsages
  /** Hears a notification of Cloudflare whose secret was checked. */
  readonly hearWebhook: (body: unknown) => Promise<Heard>
  readonly operator: UploadsOperator
  /** What each kind of job does, for `createJobRunner`. */
  readonly jobs: JobHandlers
  /** Hears of jobs as they are written, for a runner's `nudge`. What it returns ends that. */
  readonly watchJobs: (listener: (jobs: readonly NewJob[]) => void) => () => void
  readonly events: Events<UploadsEvent>
}

/** Which things of the app use an image of the principal's. */
export interface UploadUsages {
  readonly add: (principal: Principal, imageId: string, use: Use) => Promise<void>
  readonly remove: (principal: Principal, imageId: string, use: Use) => Promise<void>
  readonly of: (principal: Principal, imageId: string) => Promise<readonly Usage[]>
}

/** What asks for no principal: whoever calls it must have asked who may. */
export interface UploadsOperator {
  /** What became of a record, also after it was deleted. */
  readonly audit: (imageId: string) => Promise<readonly AuditEntry[]>
  readonly usages: (imageId: string) => Promise<readonly Usage[]>
  /** How many records are in each state, and where and why they stalled. */
  readonly count: () => Promise<readonly StateCount[]>
  /** Ready images that nothing has used for so long. */
  readonly orphans: (options: {
    readonly unusedMs: number
    readonly limit: number
    readonly after?: ImageRecord
  }) => Promise<readonly ImageRecord[]>
  /**
   * Deletes an image as it was seen, by the same door as its owner's `remove`. `changed`: somebody has written it since, so it
   * stays. Refused with `image_in_use` while something uses it.
   */
  readonly remove: (seen: ImageRecord) => Promise<'removed' | 'changed'>
  readonly reconcile: (options: ReconcileOptions) => Promise<Reconciled>
  readonly store: ImagesStore
}

const URL_MS = 3_600_000

/** How many files are read whole at once, to be judged. */
const FILES_AT_ONCE = 2

/** How many files are on their way from here to Cloudflare at once. */
const SENDS_AT_ONCE = 6

/** Joins the client, the records, the bytes and the signing key. Each method asks who may. */
export function createUploads(options: UploadsOptions): Uploads {
  const watchers = new Set<(jobs: readonly NewJob[]) => void>()
  const context = toContext(options, (jobs) => watchers.forEach((watcher) => watcher(jobs)))
  const { reconcileEveryMs } = options
  const reply = async (principal: Principal, record: Promise<ImageRecord>) => ({
    image: await toImage(context, principal, { record: await record }),
  })
  return Object.freeze<Uploads>({
    async start(principal, request) {
      const { record, way } = await startUpload(context, principal, request)
      const image = await toImage(context, principal, { record, ...(way && { rung: way.rung }) })
      return { image, way, rungs: context.readRungs() }
    },
    putBytes: (principal, id, received) =>
      reply(principal, receiveBytes(context, principal, { ...received, id })),
    complete: (principal, id, request) =>
      reply(principal, completeUpload(context, principal, { ...request, id })),
    fail: (principal, id, report) =>
      reply(principal, reportFailure(context, principal, { ...report, id })),
    status: (principal, id) => reply(principal, uploadStatus(context, principal, id)),
    preview: (principal, id) => previewBytes(context, principal, id),
    ...createImageActions(context),
    storeFile: (principal, request, body) =>
      reply(principal, storeFile(context, principal, { ...request, body })),
    register: (principal, image) => reply(principal, registerImage(context, principal, image)),
    usages: createUsages(context),
    hearWebhook: (body) => receiveWebhook(context, body),
    operator: createOperator(context),
    jobs: createUploadJobs(context, { reconcileEveryMs }),
    watchJobs(listener) {
      watchers.add(listener)
      return () => watchers.delete(listener)
    },
    events: { on: context.bus.on },
  })
}

function createUsages(context: UploadsContext): UploadUsages {
  return {
    add: (principal, imageId, use) => addUsage(context, principal, { ...use, imageId }),
    remove: (principal, imageId, use) => removeUsage(context, principal, { ...use, imageId }),
    async of(principal, imageId) {
      await findAllowed(context, principal, { id: imageId, action: 'administer' })
      return context.store.usages.of(imageId)
    },
  }
}

function createOperator(context: UploadsContext): UploadsOperator {
  const { store, now } = context
  return {
    audit: (imageId) => store.audit.of(imageId),
    usages: (imageId) => store.usages.of(imageId),
    count: () => store.records.count(),
    orphans: ({ unusedMs, limit, after }) =>
      store.records.list({
        states: ['ready'],
        unusedBefore: now() - unusedMs,
        limit,
        ...(after && { after }),
      }),
    remove: async (seen) =>
      (await removeSeen(context, seen, { actor: 'operator' })) ? 'removed' : 'changed',
    reconcile: (options) => reconcile(context, options),
    store,
  }
}

function toContext(options: UploadsOptions, onJobs: UploadsContext['onJobs']): UploadsContext {
  const { client, store, kinds, bytes, accountHash, signingKey, variants } = options
  const { deliveryOrigin: origin = DELIVERY_ORIGIN, urlMs = URL_MS, logger = console } = options
  const { now, randomId, schedule } = { ...defaultSurroundings, ...options }
  const { rungs } = options
  const limits = readLimits(options.limits)
  if (typeof rungs !== 'function') readRungs(rungs, bytes)
  return {
    client,
    store,
    bytes,
    likeness: options.likeness,
    kinds,
    readRungs: () => readRungs(typeof rungs === 'function' ? rungs() : rungs, bytes),
    times: readTimes(options.times),
    limits,
    policy: options.policy ?? createDefaultPolicy(),
    gateway: options.gateway,
    delivery: { accountHash, signingKey, variants, origin, urlMs },
    now,
    randomId,
    schedule,
    bus: createEventBus<UploadsEvent>((error) =>
      logger.error('lightfast: a listener threw', error),
    ),
    onJobs,
    mayLook: createLookLimit(limits.looksPerMinute, now).mayLook,
    mayConfirm: createLookLimit(limits.looksPerMinute, now).mayLook,
    inTurn: pLimit(FILES_AT_ONCE),
    sendInTurn: pLimit(SENDS_AT_ONCE),
  }
}
