import type { DraftOutcome, FilePolicy, ImageFacts, UploadWay } from '@lightfast/core'
import type { UploadClient } from '../client.ts'
import type { DraftStore, LetGo } from '../drafts/draft-store.ts'
import type { BeforeUpload } from './before-upload.ts'
import type { UploadSurroundings } from './surroundings.ts'
import type { UploadEvent } from './upload-machine.ts'
import type { UploadTransport } from './upload-transport.ts'
import type { Verdicts } from './verdicts.ts'

/** What the work of every upload is done with. */
export interface UploadTools extends UploadSurroundings {
  readonly client: UploadClient
  readonly transport: UploadTransport
  readonly drafts: DraftStore
  readonly verdicts: Verdicts
  readonly policy: FilePolicy
  /** What may be picked: more than the policy, where it can be made to fit. */
  readonly pickPolicy: FilePolicy
  readonly beforeUpload: BeforeUpload | null
  /** What the app uses the images for, such as `photo`. */
  readonly kind: string
  /** How long a finished item stays in the list; null keeps it. */
  readonly doneMs: number | null
}

/** The file once it was read: bytes that no longer depend on the disk they came from. */
export interface Content {
  readonly bytes: Blob
  readonly facts: ImageFacts
  readonly draft: DraftOutcome
}

/** What one upload works on. Only its work writes here; what a person sees is in the state. */
export interface UploadJob {
  readonly id: string
  /** What the step before the upload made of the file may be called otherwise. */
  name: string
  readonly sizeBytes: number
  readonly pickedAt: number
  /** `draft` comes from the device's storage. */
  readonly origin: 'picked' | 'draft'
  /** Null once the bytes were dropped. */
  source: Blob | null
  content: Content | null
  /** Our server's id of the record, once there is one. */
  imageId: string | null
  /** The way of the current attempt; null while no bytes are wanted. */
  way: UploadWay | null
  /** Whether bytes may have set out, in an earlier visit perhaps: then nobody is told that nothing was sent. */
  setOut: boolean
  /** Whether our server said that the bytes are there; the draft remembers it. */
  handedOver: boolean
  /** Since when somebody else is sending the same bytes, in ms since the epoch. */
  blockedSince: number | null
  /** Set when the draft is dropped for good, so that no save that is still under way brings it back. */
  dropped: boolean
  /** The last save of the draft. Each waits for the one before. */
  saving: Promise<DraftOutcome>
  /** What it is held by while it may run, or null in it where another tab has it; null at rest. */
  held: Promise<LetGo | null> | null
}

/** One run of the work of a status. */
export interface UploadTask {
  readonly job: UploadJob
  readonly tools: UploadTools
  /** Sends an event, unless the status was left. */
  readonly send: (event: UploadEvent) => void
  /** Takes the item off the list. */
  readonly leave: () => void
  readonly signal: AbortSignal
}
