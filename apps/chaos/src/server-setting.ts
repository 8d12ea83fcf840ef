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
}

export type EngineSetting =
  | { readonly name: 'sqlite' }
  | { readonly name: 'postgres'; readonly postgresUrl: string; readonly redisUrl: string }

/** What a running server is told. */
export interface ServerMessage {
  readonly clock: ClockSetting
}

/** What a server tells when it listens. */
export const READY = 'ready'
