/** Who is asking. Made by the app from a verified session, never from a request body. */
export interface Principal {
  readonly id: string
  /** Null, or left out: of no tenant, which equals nobody else's. */
  readonly tenantId?: string | null
}

/** Tells who sent a request; null if nobody can be named. A rejection counts as nobody. */
export type Authenticate = (request: Request) => Promise<Principal | null>
