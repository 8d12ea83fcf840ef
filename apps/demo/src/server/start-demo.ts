import { mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { createRequestListener } from '@lightfast/emulator/node'
import { openFolderByteStore, openSqliteStore } from '@lightfast/server/node'
import { createServer as createVite } from 'vite'
import type { DemoConfig } from './config.ts'
import { createApp } from './create-app.ts'
import { openImageHost } from './image-host.ts'
import type { ImageHost } from './image-host.ts'
import { closeServer, listen } from './listen.ts'
import { createSession } from './session.ts'

export interface Demo {
  readonly url: string
  readonly mode: ImageHost['mode']
  readonly close: () => Promise<void>
}

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

/**
 * Starts everything in this process on one port: page, API, and, without an account, the local Cloudflare
 * Images. The local upload host goes by another name of this machine, so that the browser meets true CORS.
 */
export async function startDemo(config: DemoConfig): Promise<Demo> {
  mkdirSync(config.dataPath, { recursive: true })
  const servers = await listen({ host: config.host, port: config.port }, createServer)
  const databasePath = join(config.dataPath, 'lightfast.db')
  const host = openImageHost(config, servers.uploadOrigin)
  const store = await openSqliteStore({ path: databasePath })
  const bytes = await openFolderByteStore({ path: join(config.dataPath, 'bytes') })
  const session = createSession(config.dataPath)
  const { app, runner } = await createApp({
    host,
    store,
    bytes,
    dataPath: config.dataPath,
    session,
  })
  runner.start()
  const vite = await createVite({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    server: {
      middlewareMode: true,
      hmr: { server: servers.all[0] },
      allowedHosts: [new URL(servers.uploadOrigin).hostname],
      // What a test writes there is no part of the page: it must not reload for it.
      watch: { ignored: ['**/.snippets/**'] },
    },
    appType: 'spa',
    clearScreen: false,
  })
  const handle = route(getRequestListener(app.fetch), vite.middlewares, host)
  for (const server of servers.all) server.on('request', handle)
  // The page's live reload comes by whichever loopback name the browser chose.
  const [first, ...others] = servers.all
  for (const server of others)
    server.on('upgrade', (...upgrade) => first.emit('upgrade', ...upgrade))
  return {
    url: servers.url,
    mode: host.mode,
    async close() {
      await vite.close()
      await Promise.all(servers.all.map(closeServer))
      await runner.stop()
      await store.close()
    },
  }
}

function route(api: Handler, page: Handler, { emulator, accountHash }: ImageHost): Handler {
  const imageHost = emulator && createRequestListener(emulator)
  // The API stays inside: its token is known to everybody, and with HOST the network can reach this port.
  const paths = ['/__lightfast', `/${accountHash}/`]
  return function handle(request, response) {
    const path = request.url ?? '/'
    if (imageHost && paths.some((start) => path.startsWith(start)))
      return imageHost(request, response)
    return path.startsWith('/api/') ? api(request, response) : page(request, response)
  }
}
