/** Who is asking. Made by the app from a verified session, never from a request body. */
export interface Principal {
  readonly id: string
  /** Null, or left out: of no tenant, which equals nobody else's. */
  readonly tenantId?: string | null
  /** What a principal is allowed by: a group is a role. @default none */
  readonly groups?: readonly string[]
  /** What an app sells, such as `free`: it decides about watermarks, and about no right. @default null */
  readonly tier?: string | null
}

/** Tells who sent a request; null if nobody can be named. A rejection counts as nobody. */
export type Authenticate = (request: Request) => Promise<Principal | null>
