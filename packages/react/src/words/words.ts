import type { FilePolicy } from '@lightfast/core'
import type { UploadItem, UploadState, UploadStatus } from '../upload/upload-state.ts'

/** What the bar above the list says and offers. */
export interface QueueWords {
  /** Said while files wait for their turn. */
  readonly queued: (count: number) => string
  /** Said while the queue is paused: what runs goes on. `count` files wait, perhaps none. */
  readonly paused: (count: number) => string
  readonly pause: string
  readonly resume: string
  /** Tries everything again that has failed. */
  readonly retryAll: string
}

/** The ways out of a state that a person can be offered. Each is a button with a verb. */
export type WayOut =
  | 'cancel'
  | 'retry'
  | 'tryNow'
  | 'remove'
  | 'discard'
  | 'chooseAnother'
  | 'checkNow'
  | 'upload'
  | 'signIn'

/** What a sentence may speak of besides the state itself. */
export interface Facts {
  readonly item: UploadItem
  readonly policy: FilePolicy
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** What is said in one state, or for one reason within it: what is true, what it means, and the ways out. */
export interface Entry<State> {
  readonly title: string | ((state: State, facts: Facts) => string)
  /** One or more whole sentences; empty when the title says it all. */
  readonly line: string | ((state: State, facts: Facts) => string)
  readonly actions: readonly WayOut[]
}

type StateOf<Status extends UploadStatus> = Extract<UploadState, { status: Status }>

type EntriesFor<State> = State extends { readonly reason: infer Reason extends string }
  ? { readonly [R in Reason]: Entry<State> }
  : Entry<State>

/** An entry for each status and, where it has reasons, for each of them: a new one does not compile without. */
export type StateWords = { readonly [S in UploadStatus]: EntriesFor<StateOf<S>> }

/** What the upload parts say. */
export interface Words {
  readonly states: StateWords
  readonly labels: { readonly [W in WayOut]: string }
  /** Names a button for those who do not see the row it stands in. Begins with its visible label. */
  readonly actionName: (label: string, filename: string) => string
  readonly zone: {
    readonly choose: (maxFiles: number) => string
    readonly takePhoto: string
    readonly drop: (maxFiles: number) => string
    /** The limits in one line, before anything is chosen. */
    readonly limits: (policy: FilePolicy) => string
    /** Said when more files were added than fit. */
    readonly leftOut: (count: number, maxFiles: number) => string
  }
  readonly list: string
  readonly queue: QueueWords
  readonly progress: {
    readonly name: (title: string, filename: string) => string
    readonly value: (loadedBytes: number, totalBytes: number) => string
  }
  /** Spoken, not shown. */
  readonly announcements: {
    readonly started: (count: number, filename: string) => string
    readonly half: (filename: string) => string
    readonly settled: (filename: string, title: string, line: string) => string
    readonly removed: (filename: string) => string
  }
  readonly toasts: {
    /** Names the region that holds the toasts. `{hotkey}` stands for the key that moves focus there. */
    readonly region: string
    readonly close: string
    /** Tells where else an action can be found once its toast is gone. */
    readonly elsewhere: (actionName: string) => string
  }
}
