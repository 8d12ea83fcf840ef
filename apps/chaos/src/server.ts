/** A server of a run, in a process of its own, so that it can be killed. */
import { createServer } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { createFastClock } from './clock.ts'
import { openApp } from './open-app.ts'
import { READY } from './server-setting.ts'
import type { ServerMessage, ServerSetting } from './server-setting.ts'

const setting: ServerSetting = JSON.parse(process.argv[2] ?? '')
const clock = createFastClock(setting.clock)
process.on('message', (message: ServerMessage) => clock.set(message.clock))
// Whoever started it is gone.
process.on('disconnect', () => process.exit(0))

const app = await openApp(setting, clock)
const listen = getRequestListener(app.fetch)
createServer((incoming, outgoing) => void listen(incoming, outgoing)).listen(
  setting.port,
  '127.0.0.1',
  () => {
    process.send?.(READY)
  },
)
