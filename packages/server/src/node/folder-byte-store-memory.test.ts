import { fork, spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import type { Counted } from './test-support/count-bytes.ts'
import type { Relayed } from './test-support/relay-files.ts'

const FILES = 200
const AT_ONCE = 20
const MAX_BYTES = 150_000_000

const toPath = (name: string) =>
  fileURLToPath(new URL(`./test-support/${name}.ts`, import.meta.url))

// Most of it is garbage that is not collected yet, and on a busy machine the collector may be late once.
const options = { retry: 1, timeout: 120_000 }

test(
  `${FILES} files of 10 MB are kept and sent on, ${AT_ONCE} at a time, within ${MAX_BYTES / 1e6} MB of memory`,
  options,
  async () => {
    const path = mkdtempSync(join(tmpdir(), 'lightfast-relay-'))
    onTestFinished(() => rmSync(path, { recursive: true }))
    const { sink, baseUrl } = await startSink()
    const args = [toPath('relay-files'), path, baseUrl, String(FILES), String(AT_ONCE)]
    const child = spawn(process.execPath, args)
    onTestFinished(() => void child.kill('SIGKILL'))
    const [said, complaints] = await Promise.all([text(child.stdout), text(child.stderr)])
    expect(complaints).toBe('')
    const { idleBytes, peakBytes }: Relayed = JSON.parse(said)
    const { uploads, bytes } = await readCount(sink)
    console.log(
      `Relaying ${FILES} files of 10 MB: ${toMb(idleBytes)} MB idle, at most ${toMb(peakBytes - idleBytes)} MB above.`,
    )
    // One more was sent before it was idle.
    expect(uploads).toBe(FILES + 1)
    expect(bytes).toBeGreaterThan((FILES + 1) * 10_000_000)
    expect(readdirSync(path)).toEqual([])
    expect(peakBytes - idleBytes).toBeLessThan(MAX_BYTES)
  },
)

async function startSink() {
  const sink = fork(toPath('count-bytes'), { execArgv: [] })
  onTestFinished(() => void sink.kill('SIGKILL'))
  const [{ port }] = await once(sink, 'message')
  return { sink, baseUrl: `http://127.0.0.1:${port}/client/v4` }
}

async function readCount(sink: ChildProcess): Promise<Counted> {
  const answered = once(sink, 'message')
  sink.send('count')
  const [counted]: Counted[] = await answered
  if (!counted) throw new Error('Nothing was counted.')
  return counted
}

function toMb(bytes: number): string {
  return (bytes / 1e6).toFixed(0)
}
