import type { FilePolicy, StartUpload } from '@lightfast/core'
import type { Principal } from '../access/principal.ts'

/** What the app uses images for, such as `photo`: which files it takes, and what the server says of them. */
export interface UploadKind extends FilePolicy {
  /** Private images are shown by signed URLs only. @default 'private' */
  readonly privacy?: 'private' | 'public'
  /** What a request may decide for itself. @default nothing */
  readonly mayChoose?: readonly 'privacy'[]
  readonly metadata?: MetadataRules
}

/** What is kept with an image, here and at Cloudflare. Whoever uploads can read it: no secrets. */
export interface MetadataRules {
  /** The keys that a request may set. @default none */
  readonly keys?: readonly string[]
  /** Set unless the request sets the same key. */
  readonly defaults?: Readonly<Record<string, string>>
  /** Has the last word over all of it. */
  readonly make?: (
    principal: Principal,
    request: StartUpload,
  ) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>
}
