/** The routes, for Hono and for any server that speaks `Request` and `Response`. */
export { createImagesRoutes } from './images-routes.ts'
export type { ImagesRoutesOptions } from './images-routes.ts'
export { requireAccess } from './require-access.ts'
export type { AccessVariables, RequireAccessOptions } from './require-access.ts'
