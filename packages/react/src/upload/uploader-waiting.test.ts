import { createFailure } from '@lightfast/core'
import type { FailureCode } from '@lightfast/core'
import { describe, expect, it } from 'vitest'
import { makeImage } from '../testing/make-image.ts'
import { makePng, makeUploader } from '../test-support/make-uploader.ts'
import type { ScriptedUploader, UploaderScript } from '../test-support/make-uploader.ts'
import { createManualClock } from '../testing/manual-clock.ts'
import { createLines } from '../test-support/memory-lines.ts'
import { createScriptedRoutes } from '../test-support/scripted-routes.ts'
import type { ScriptedReply } from '../test-support/scripted-routes.ts'
import type { TransferStep } from '../testing/scripted-transport.ts'

const refuse = (code: FailureCode, retryAfterMs = 30_000): ScriptedReply => ({
  failure: createFailure(code, 'Wait.', { retryAfterMs }),
})
const shut = refuse('circuit_open')
const direct: ScriptedReply = { image: makeImage('pending'), way: 'direct' }
const breaks: readonly TransferStep[] = [{ type: 'fail', code: 'transfer_interrupted' }]
const ready: ScriptedReply = { image: makeImage('ready') }

async function upload(script: UploaderScript, count = 1): Promise<ScriptedUploader> {
  const world = makeUploader({ doneMs: null, ...script })
  world.uploader.start()
  world.uploader.add(Array.from({ length: count }, (_, at) => makePng(`${at}.png`)))
  await world.clock.settle()
  return world
}

const stateOf = ({ uploader }: ScriptedUploader) => uploader.getState()[0]?.state
const idOf = ({ uploader }: ScriptedUploader): string => uploader.getState()[0]?.id ?? ''
const asked = ({ routes }: ScriptedUploader): number =>
  routes.requests.filter(({ route }) => route === 'start').length

/** A page whose requests fail while it is offline, as requests do. */
async function pickOffline(): Promise<ScriptedUploader & { readonly tried: () => number }> {
  const { fetch } = createScriptedRoutes({ start: [direct], complete: [ready] })
  let [online, tried] = [false, 0]
  const world = makeUploader({
    doneMs: null,
    fetch(request) {
      tried += 1
      return online ? fetch(request) : Promise.reject(new TypeError('Failed to fetch'))
    },
  })
  const setOnline = (next: boolean): void => {
    online = next
    world.setOnline(next)
  }
  setOnline(false)
  world.uploader.start()
  world.uploader.add([makePng()])
  await world.clock.settle()
  return { ...world, setOnline, tried: () => tried }
}

describe('a pause that our server names', () => {
  it.each([
    ['circuit_open', 'circuit'],
    ['rate_limited', 'rate'],
    ['upload_limit_reached', 'limit'],
  ] as const)(
    'after %s is waited for, a little longer, and then it goes on by itself',
    async (code, reason) => {
      const world = await upload({ replies: { start: [refuse(code), direct] } })
      expect(stateOf(world)).toMatchObject({ reason, retryAt: world.clock.now() + 31_500 })
      await world.clock.advance(31_499)
      expect([world.statuses(), asked(world)]).toEqual([['waiting'], 1])
      await world.clock.advance(1)
      expect([world.statuses(), asked(world)]).toEqual([['done'], 2])
    },
  )

  it('is no longer waited for after three more rounds: then a person is asked', async () => {
    const world = await upload({ replies: { start: [shut] } })
    await world.clock.advance(3 * 31_500)
    expect(stateOf(world)).toMatchObject({ status: 'not-uploaded', reason: 'image-host' })
    await world.clock.advance(600_000)
    expect(asked(world)).toBe(4)
  })

  it('is kept as a draft in the end if bytes had set out', async () => {
    const relay: ScriptedReply = { image: makeImage('pending'), way: 'relay' }
    const closed: readonly TransferStep[] = [
      { type: 'fail', code: 'circuit_open', retryAfterMs: 5000 },
    ]
    const world = await upload({ replies: { start: [relay] }, transfers: [closed] })
    await world.clock.advance(4500)
    expect(stateOf(world)).toMatchObject({ status: 'waiting', attempt: 4 })
    await world.clock.advance(60_000)
    expect(world.statuses()).toEqual(['draft-saved'])
    expect(world.targets).toHaveLength(12)
  })

  it('can be cut short by a person, who has all rounds again', async () => {
    const world = await upload({ replies: { start: [shut, shut, direct] } })
    world.uploader.retry(idOf(world))
    await world.clock.settle()
    expect(stateOf(world)).toMatchObject({ status: 'waiting', attempt: 4 })
    expect(asked(world)).toBe(2)
    await world.clock.advance(31_500)
    expect(world.statuses()).toEqual(['done'])
  })

  it('can be ended by a person, and nothing is asked after that', async () => {
    const world = await upload({ replies: { start: [shut] } })
    world.uploader.remove(idOf(world))
    await world.clock.advance(60_000)
    expect([world.statuses(), asked(world)]).toEqual([[], 1])
  })

  it('outlives a stop', async () => {
    const world = await upload({ replies: { start: [shut, direct] } })
    world.uploader.stop()
    await world.clock.advance(40_000)
    expect([world.statuses(), asked(world)]).toEqual([['waiting'], 1])
    world.uploader.start()
    await world.clock.advance(0)
    expect(world.statuses()).toEqual(['done'])
  })

  it('ends in the queue while that is paused', async () => {
    const world = await upload({ replies: { start: [shut, direct] } })
    world.uploader.pause()
    await world.clock.advance(40_000)
    expect([world.statuses(), asked(world)]).toEqual([['queued'], 1])
    world.uploader.resume()
    await world.clock.settle()
    expect(world.statuses()).toEqual(['done'])
  })
})

describe('rows that wait for the same', () => {
  it('ask once, not each for itself; one tries, and the others follow when it got through', async () => {
    const world = await upload({ replies: { start: [shut, direct] } }, 3)
    expect(world.statuses()).toEqual(['waiting', 'waiting', 'waiting'])
    const before = asked(world)
    await world.clock.advance(31_500)
    expect(world.statuses()).toEqual(['done', 'done', 'done'])
    expect(asked(world) - before).toBe(3)
  })

  it('wait on together when the one that tried was refused again', async () => {
    const world = await upload({ replies: { start: [shut, shut, shut, shut, direct] } }, 3)
    const before = asked(world)
    await world.clock.advance(31_500)
    expect(world.statuses()).toEqual(['waiting', 'waiting', 'waiting'])
    expect(asked(world)).toBe(before + 1)
  })

  it('go on without the one that tried when that does not report', async () => {
    const { fetch, requests } = createScriptedRoutes({
      start: [shut, shut, direct],
      complete: [ready],
    })
    let silent = 0
    const world = await upload(
      {
        fetch(request) {
          const isProbe = requests.length === 2 && silent === 0
          if (!isProbe) return fetch(request)
          silent += 1
          return new Promise(() => undefined)
        },
      },
      2,
    )
    await world.clock.advance(31_500)
    expect([silent, world.statuses()]).toEqual([1, ['preparing', 'waiting']])
    await world.clock.advance(22_000)
    expect(world.statuses()).toEqual(['preparing', 'done'])
  })
})

describe('tabs', () => {
  it('are told of a pause and do not ask before its end; when one gets through, all go on', async () => {
    const shared = { clock: createManualClock(), connect: createLines().connect, doneMs: null }
    const first = makeUploader({ ...shared, replies: { start: [shut, direct] } })
    const second = makeUploader(shared)
    for (const { uploader } of [first, second]) uploader.start()
    first.uploader.add([makePng()])
    await shared.clock.settle()
    second.uploader.add([makePng()])
    await shared.clock.settle()
    expect([second.statuses(), asked(second)]).toEqual([['waiting'], 0])
    first.uploader.retry(idOf(first))
    await shared.clock.settle()
    expect([first.statuses(), second.statuses()]).toEqual([['done'], ['done']])
  })

  it('that talk of another endpoint are not listened to', async () => {
    const shared = { clock: createManualClock(), connect: createLines().connect }
    const first = makeUploader({ ...shared, replies: { start: [shut] } })
    const second = makeUploader({ ...shared, endpoint: 'https://app.test/avatars' })
    first.uploader.start()
    second.uploader.start()
    first.uploader.add([makePng()])
    await shared.clock.settle()
    second.uploader.add([makePng()])
    await shared.clock.settle()
    expect([first.statuses(), second.statuses()]).toEqual([['waiting'], ['done']])
  })
})

describe('without a connection', () => {
  it('it is tried once, and goes on by itself when there is one', async () => {
    const world = await pickOffline()
    expect(stateOf(world)).toEqual({
      status: 'waiting',
      reason: 'offline',
      retryAt: null,
      attempt: 1,
      draft: 'unavailable',
    })
    await world.clock.advance(600_000)
    expect(world.tried()).toBe(1)
    world.setOnline(true)
    await world.clock.advance(1500)
    expect(world.statuses()).toEqual(['done'])
  })

  it('it is tried by whoever comes back to the page, for the browser may be wrong', async () => {
    const world = await pickOffline()
    world.comeBack()
    await world.clock.advance(1500)
    expect([world.statuses(), world.tried()]).toEqual([['waiting'], 2])
  })

  it('it is waited for as often as it goes', async () => {
    const world = await pickOffline()
    for (let time = 0; time < 10; time += 1) {
      world.comeBack()
      await world.clock.advance(1500)
    }
    expect(stateOf(world)).toMatchObject({ status: 'waiting', reason: 'offline', attempt: 1 })
  })

  it('a transfer that broke is not sent into the dark three times', async () => {
    const world = await upload({
      transfers: [breaks],
      replies: { start: [direct, 'offline'], failed: ['offline'] },
    })
    world.setOnline(false)
    await world.clock.advance(60_000)
    expect(stateOf(world)).toMatchObject({ status: 'waiting', reason: 'offline', attempt: 1 })
    expect(world.targets).toHaveLength(1)
  })

  it('an outage of our server is still one when the connection is there', async () => {
    const world = await upload({ replies: { start: ['offline'] } })
    expect(stateOf(world)).toMatchObject({ status: 'not-uploaded', reason: 'server' })
  })
})
