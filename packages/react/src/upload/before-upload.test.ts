import { defaultFilePolicy } from '@lightfast/core'
import { expect, it } from 'vitest'
import { createMemoryDrafts } from '../drafts/memory-drafts.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader } from '../test-support/make-uploader.ts'
import type { BeforeUpload } from './before-upload.ts'

const small = { ...defaultFilePolicy, maxBytes: 50 }
const pickAnything = (policy: typeof small): typeof small => ({ ...policy, maxBytes: 1000 })

async function upload(beforeUpload: BeforeUpload, policy = small): Promise<ScriptedUploader> {
  const scripted = makeUploader({ beforeUpload, policy })
  scripted.uploader.start()
  scripted.uploader.add([makePng()])
  await scripted.clock.settle()
  return scripted
}

/** A picture of one pixel, without the mark that a PNG editor left. */
const smaller: BeforeUpload = async () => {
  const gif = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7'
  return new Blob([Uint8Array.from(atob(gif), (char) => char.charCodeAt(0))], { type: 'image/gif' })
}

const nothing: BeforeUpload = async () => null
const named: BeforeUpload = async (bytes) => new File([bytes], 'small.png')

it('uploads what was made of the file, and says what that is', async () => {
  const { statuses, routes } = await upload(Object.assign(smaller, { toPickPolicy: pickAnything }))
  expect(statuses()).toEqual(['done'])
  expect(routes.requests[0]?.body).toMatchObject({ contentType: 'image/gif', sizeBytes: 42 })
})

it('calls what was made of the file by its own name, if it has one', async () => {
  const { routes, uploader } = await upload(named, defaultFilePolicy)
  expect(routes.requests[0]?.body).toMatchObject({ filename: 'small.png' })
  expect(uploader.getState()[0]?.name).toBe('small.png')
})

it('keeps what was made of the file as the draft', async () => {
  const drafts = createMemoryDrafts({ now: () => 1_000_000 })
  const scripted = makeUploader({
    beforeUpload: smaller,
    drafts,
    replies: { start: ['offline'] },
  })
  scripted.uploader.start()
  scripted.uploader.add([makePng()])
  await scripted.clock.settle()
  scripted.uploader.stop()
  await scripted.clock.settle()
  expect((await drafts.list()).map(({ bytes }) => bytes.type)).toEqual(['image/gif'])
})

it.each<[string, BeforeUpload]>([
  ['has nothing to do', async () => null],
  ['fails', () => Promise.reject(new Error('no memory'))],
])('uploads the file as it was picked when this step %s', async (_, beforeUpload) => {
  const { statuses, routes } = await upload(beforeUpload, defaultFilePolicy)
  expect(statuses()).toEqual(['done'])
  expect(routes.requests[0]?.body).toMatchObject({ contentType: 'image/png', sizeBytes: 70 })
})

it('judges what was made of the file, and the file itself when nothing was', async () => {
  expect((await upload(nothing)).statuses()).toEqual(['rejected'])
  const { uploader } = await upload(Object.assign(nothing, { toPickPolicy: pickAnything }))
  expect(uploader.getState()[0]?.state).toMatchObject({
    status: 'rejected',
    reason: 'too-large',
    failure: { measure: { actual: 70, limit: 50 } },
  })
})

it('tells what may be picked in place of what may be uploaded', async () => {
  const beforeUpload = Object.assign<BeforeUpload, Pick<BeforeUpload, 'toPickPolicy'>>(smaller, {
    toPickPolicy: pickAnything,
  })
  const { uploader } = makeUploader({ beforeUpload, policy: small })
  expect(uploader.policy).toEqual({ ...small, maxBytes: 1000 })
  expect(makeUploader({ policy: small }).uploader.policy).toEqual(small)
})

it('is told when nobody waits for it any more', async () => {
  let signal: AbortSignal | null = null
  const scripted = await upload((_, __, options) => {
    signal = options.signal
    return new Promise(() => undefined)
  }, defaultFilePolicy)
  expect(signal).toMatchObject({ aborted: false })
  scripted.uploader.remove(scripted.uploader.getState()[0]?.id ?? '')
  expect(signal).toMatchObject({ aborted: true })
})
