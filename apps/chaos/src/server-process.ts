import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { ClockSetting } from './clock.ts'
import { READY } from './server-setting.ts'
import type { ServerMessage, ServerSetting } from './server-setting.ts'

/** A server in a process of its own. */
export interface ServerProcess {
  readonly origin: string
  /** Kills it as a power cut would, and starts it again on what it left behind. */
  readonly crash: () => Promise<void>
  readonly setClock: (clock: ClockSetting) => void
  readonly stop: () => Promise<void>
  /** What it wrote of faults of its own, line by line. */
  readonly complaints: () => readonly string[]
}

const START_MS = 60_000

/** Starts a server, and waits until it listens. */
export async function startServer(given: ServerSetting): Promise<ServerProcess> {
  const complaints: string[] = []
  let setting = given
  let child = start(setting, complaints)
  await isReady(child, complaints)
  return {
    origin: `http://127.0.0.1:${setting.port}`,
    async crash() {
      await kill(child)
      child = start(setting, complaints)
      await isReady(child, complaints)
    },
    setClock(clock) {
      setting = { ...setting, clock }
      const message: ServerMessage = { clock }
      // Whoever is gone is started with the new setting.
      if (child.connected) child.send(message, ignore)
    },
    stop: () => kill(child),
    complaints: () => complaints.join('').split('\n').filter(Boolean),
  }
}

function start(setting: ServerSetting, complaints: string[]): ChildProcess {
  const child = fork(join(import.meta.dirname, 'server.ts'), [JSON.stringify(setting)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    execArgv: [],
  })
  child.on('error', ignore)
  child.stderr?.on('data', (data: Buffer) => complaints.push(data.toString()))
  return child
}

function isReady(child: ChildProcess, complaints: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string): void => {
      reject(new Error(`A server ${why}.\n${complaints.join('')}`))
    }
    const timer = setTimeout(() => fail('did not start in time'), START_MS)
    child.once('exit', (code) => fail(`ended with ${code}`))
    child.on('message', (message) => {
      if (message !== READY) return
      clearTimeout(timer)
      resolve()
    })
  })
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await gone
}

function ignore(): void {}
