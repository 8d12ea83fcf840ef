/** What the driver tells a server that it starts. */
import type { ClockSetting } from './clock.ts'

export interface ServerSetting {
  readonly port: number
  /** Of database, bytes and session key. */
  readonly folder: string
  readonly hostUrl: string
  readonly webhookSecret: string
  readonly clock: ClockSetting
  readonly engine: EngineSetting
  readonly outages: Outages
}

/** `short`: circuits are tried again soon, and rungs come and go. `long`: everything as it is by default, and every rung is there. */
export type Outages = 'short' | 'long'

export type EngineSetting =
  | { readonly name: 'sqlite' }
  | { readonly name: 'postgres'; readonly postgresUrl: string; readonly redisUrl: string }

/** What a running server is told. */
export interface ServerMessage {
  readonly clock: ClockSetting
}

/** What a server tells when it listens. */
export const READY = 'ready'
