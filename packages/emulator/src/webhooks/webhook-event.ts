/** What became of the file of a direct upload. */
export type WebhookEvent = {
  readonly imageId: string
  /** Milliseconds since the epoch. */
  readonly at: number
} & (
  | { readonly outcome: 'succeeded' }
  | { readonly outcome: 'failed'; readonly code: number; readonly message: string }
)
