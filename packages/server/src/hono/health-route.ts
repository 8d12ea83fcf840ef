import { Hono } from 'hono'
import type { ImagesStore } from '../uploads/store.ts'

/** Makes `GET health`, for whoever decides where requests go: it tells whether this process can serve, and nothing else. */
export function createHealthRoute({ jobs }: Pick<ImagesStore, 'jobs'>): Hono {
  const app = new Hono()
  app.get('/health', async (c) => {
    c.header('cache-control', 'no-store')
    const works = await jobs.nextAt().then(
      () => true,
      () => false,
    )
    return works ? c.json({ status: 'ok' }) : c.json({ status: 'unavailable' }, 503)
  })
  return app
}
