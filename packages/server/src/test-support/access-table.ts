/** Who may do what by which route, written by hand. It knows nothing of the policy. */

/** Everybody who may come. The image is Ada's, of the tenant Acme, and ready. */
export const roles = [
  'owner',
  'viewer',
  'admin',
  'colleague',
  'viewerElsewhere',
  'adminElsewhere',
  'viewerOfNone',
  'nobody',
] as const

export type Role = (typeof roles)[number]

/** A status for each role, in the order of `roles`. */
type Cells = readonly [number, number, number, number, number, number, number, number]

/** Answered by their bodies: see the tests. */
const asked = [200, 200, 200, 200, 200, 200, 200, 401] as const
const seen = [200, 200, 200, 200, 404, 404, 404, 401] as const
const ownersAlone = [200, 404, 404, 404, 404, 404, 404, 401] as const
const operatorsAlone = [403, 403, 403, 403, 403, 403, 403, 401] as const

/** Owner and administrators of the tenant do it; who sees it is told that they may not; to all others it is not there. */
function changers(done: number): Cells {
  return [done, 403, done, 403, 404, 404, 404, 401]
}

export const expected: Readonly<Record<string, Cells>> = {
  'GET /': asked,
  'POST /bulk': asked,
  'GET /:id': seen,
  'GET /:id/url': seen,
  'GET /:id/original': changers(200),
  'PATCH /:id': changers(200),
  'DELETE /:id': changers(204),
  'POST /:id/share': changers(201),
  'GET /:id/audit': changers(200),
  'GET /:id/usages': changers(200),
  'GET /avatars/:userId': asked,

  // Asked with the owner's upload id: of others it is an upload of their own.
  'POST /uploads': [200, 201, 201, 201, 201, 201, 201, 401],
  'GET /uploads/:id': ownersAlone,
  'PUT /uploads/:id/bytes': [200, 404, 404, 404, 404, 404, 404, 401],
  'POST /uploads/:id/complete': ownersAlone,
  'POST /uploads/:id/failed': ownersAlone,
  'GET /uploads/:id/preview': [404, 404, 404, 404, 404, 404, 404, 401],

  'GET /counts': operatorsAlone,
  'GET /jobs': operatorsAlone,
  'POST /jobs/replay': operatorsAlone,
  'GET /metrics': operatorsAlone,

  // Doors with a lock of their own, whoever signed in comes to them.
  'GET /view/:token': [404, 404, 404, 404, 404, 404, 404, 404],
  'POST /view/:token': [404, 404, 404, 404, 404, 404, 404, 404],
  'POST /webhooks/cloudflare': [401, 401, 401, 401, 401, 401, 401, 401],
  'GET /health': [200, 200, 200, 200, 200, 200, 200, 200],
}
