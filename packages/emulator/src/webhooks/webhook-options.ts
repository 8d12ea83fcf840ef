/** Says where notifications of direct uploads go. */
export interface WebhookOptions {
  readonly url: string
  /** Sent verbatim as `cf-webhook-auth`; without it that header is absent. */
  readonly secret?: string
  /**
   * Waits before another try where the receiver did not answer 2xx. Production's tries are not documented.
   * Default: none, so that every notification is sent once.
   */
  readonly retryDelaysMs?: readonly number[]
}
