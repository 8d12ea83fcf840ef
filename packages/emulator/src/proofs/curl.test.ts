/** Proves that Cloudflare's curl examples give the documented answers when only their host is replaced. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import directUploadReply from '../../fixtures/direct-upload-reply.json' with { type: 'json' }
import draftReply from '../../fixtures/draft-reply.json' with { type: 'json' }
import imageReply from '../../fixtures/image-reply.json' with { type: 'json' }
import { createNodeEmulator } from '../node/create-node-emulator.ts'
import { serve } from '../node/serve.ts'
import { localAccount } from '../options.ts'
import { makePicture } from '../test-support/pictures.ts'
import type { RunningEmulator } from '../node/serve.ts'

const run = promisify(execFile)
const script = fileURLToPath(new URL('../../examples/curl.sh', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'lightfast-curl-'))
let running: RunningEmulator
let replies: ReadonlyMap<string, string>

beforeAll(async () => {
  await Promise.all(['curl', 'openssl'].map(demand))
  const picture = join(folder, 'two.png')
  writeFileSync(picture, await (await makePicture(40, 20)).bytes())
  running = await serve(createNodeEmulator(), { port: 0 })
  const { stdout } = await run('sh', [script, picture, running.url])
  replies = new Map(stdout.trim().split('\n').map(toStep))
}, 60_000)
afterAll(async () => {
  await running?.close()
  rmSync(folder, { recursive: true })
})

/** The proof is worth nothing where it cannot run, so it fails there. */
async function demand(program: string): Promise<void> {
  try {
    await run(program, [program === 'curl' ? '--version' : 'version'])
  } catch (error) {
    throw new Error(`This test needs ${program}, which is not installed here`, { cause: error })
  }
}

const toStep = (line: string): [string, string] => {
  const [name = '', ...reply] = line.split('\t')
  return [name, reply.join('\t')]
}

const read = (step: string) => JSON.parse(replies.get(step) ?? 'null')

describe('the API answers as documented', () => {
  test.each([
    'upload',
    'upload-custom-id',
    'direct-upload',
    'draft',
    'upload-by-visitor',
    'details',
    'details-custom-id',
    'list',
    'list-pages',
    'update',
    'create-variant',
    'variants',
    'keys',
    'create-key',
    'delete-key',
    'flexible-variants',
    'stats',
    'delete',
  ])('%s', (step) => {
    expect(read(step)).toMatchObject({ success: true, errors: [], messages: [] })
  })

  test('an upload with the fields of the documented reply', () => {
    expect(Object.keys(read('upload').result).toSorted()).toEqual(
      Object.keys(imageReply.body.result).toSorted(),
    )
    expect(read('upload').result.meta).toEqual({ key: 'value' })
  })

  test('a one-time URL with the fields of the documented reply, and a draft until it is used', () => {
    expect(Object.keys(read('direct-upload').result)).toEqual(
      Object.keys(directUploadReply.body.result),
    )
    expect(read('draft').result.draft).toBe(draftReply.body.result.draft)
    expect(read('upload-by-visitor').result).toMatchObject({ requireSignedURLs: true })
    expect(read('details').result).not.toHaveProperty('draft')
  })

  test('both lists with all three images', () => {
    expect(read('list').result.images).toHaveLength(3)
    expect(read('list').result.continuation_token).toBeNull()
    expect(read('list-pages').result.images).toHaveLength(3)
  })

  test('a change, variants by name, keys in clear, numbers', () => {
    expect(read('update').result.meta).toEqual({ key: 'another value' })
    expect(read('create-variant').result.variant.id).toBe('mobile')
    expect(Object.keys(read('variants').result.variants)).toEqual(['public', 'mobile'])
    expect(read('keys').result.keys).toEqual([{ name: 'default', value: localAccount.signingKey }])
    expect(read('create-key').result.keys).toHaveLength(2)
    expect(read('delete-key').result.keys).toHaveLength(1)
    expect(read('stats').result.count).toMatchObject({ current: 3 })
  })

  test('nothing after a delete', () => {
    expect(read('gone')).toMatchObject({ success: false, errors: [{ code: 5404 }], result: null })
  })
})

test.each([
  ['public', '200 image/png public, max-age=172800, stale-while-revalidate=7200'],
  ['custom-id', '200 image/png public, max-age=172800, stale-while-revalidate=7200'],
  ['avif', '200 image/avif public, max-age=172800, stale-while-revalidate=7200'],
  ['flexible', '200 image/png public, max-age=172800, stale-while-revalidate=7200'],
])('the delivery host serves %s', (step, expected) => {
  expect(replies.get(step)).toBe(expected)
})

test('a private picture needs the signature that openssl makes', () => {
  expect(replies.get('private')).toMatch(/^403 text\/plain/)
  expect(replies.get('signed')).toMatch(/^200 image\/png private, max-age=\d+$/)
  expect(replies.get('signed-and-changed')).toMatch(/^403 text\/plain/)
})
