import type { ImagesError } from '@lightfast/core'
import { beforeEach, expect, test } from 'vitest'
import { makeCall } from '../test-support/make-call.ts'
import { createVirtualTime, settle } from '../test-support/virtual-time.ts'
import type { VirtualTime } from '../test-support/virtual-time.ts'
import { attempt } from './attempt.ts'
import type { Guard } from './guard.ts'
import type { SendAttempt } from './layer.ts'

let steps: string[]
let time: VirtualTime

beforeEach(() => {
  steps = []
  time = createVirtualTime()
})

const answering: SendAttempt = (one) => {
  steps.push('sent')
  return one.readReply(new Response())
}
const failing: SendAttempt = () => Promise.reject(new Error('down'))

/** Lets in at once, or as told. */
function createGuard(name: string, entering?: () => Promise<void>): Guard {
  const leave = (
    _: unknown,
    { reply, failed }: { reply?: unknown; failed?: { error: unknown } },
  ) => {
    steps.push(`${name} out: ${failed ? String(failed.error) : typeof reply}`)
  }
  return {
    enter() {
      steps.push(`${name} in`)
      return entering ? entering().then(() => leave) : leave
    },
  }
}

/** Sends one call past guards. */
async function send(next: SendAttempt, ...guards: readonly Guard[]): Promise<unknown> {
  return attempt(next, { guards, attemptMs: 8000, surroundings: time })(call)
}

const call = makeCall({ readReply: async () => ({ result: 'well' }) })

test('lets in first to last, and out in the opposite order, told how it ended', async () => {
  expect(await send(answering, createGuard('a'), createGuard('b'))).toEqual({ result: 'well' })
  expect(steps).toEqual(['a in', 'b in', 'sent', 'b out: object', 'a out: object'])
})

test('tells of a failure, and passes it on', async () => {
  await expect(send(failing, createGuard('a'))).rejects.toThrow('down')
  expect(steps).toEqual(['a in', 'a out: Error: down'])
})

test('sends only when the one that lets it wait has let it in', async () => {
  const gate = Promise.withResolvers<void>()
  const waiting = createGuard('a', () => gate.promise)
  const sent = send(answering, waiting, createGuard('b'))
  await Promise.resolve()
  expect(steps).toEqual(['a in'])
  gate.resolve()
  await sent
  expect(steps).toEqual(['a in', 'b in', 'sent', 'b out: object', 'a out: object'])
})

test.each(['resolve', 'reject'] as const)(
  'tells it once, though what was sent ends when its time is long over: %s',
  async (how) => {
    const late = Promise.withResolvers<never>()
    const ended = send(() => late.promise, createGuard('a')).catch((error: ImagesError) => error)
    await time.advance(8000)
    expect(await ended).toMatchObject({ code: 'host_timed_out' })
    const told = [...steps]
    Reflect.apply(late[how], late, [new Error('late')])
    await settle()
    expect(steps).toEqual(told)
    expect(told).toHaveLength(2)
  },
)

const refusing: Guard = {
  enter() {
    throw new Error('refused')
  },
}
const refusingLater: Guard = { enter: () => Promise.reject(new Error('refused')) }
const waiting = () => Promise.resolve()

test.each<[string, Guard, Guard]>([
  ['at once', createGuardOf('a'), refusing],
  ['later', createGuardOf('a'), refusingLater],
  ['at once, after somebody had waited', createGuardOf('a', waiting), refusing],
  ['later, after somebody had waited', createGuardOf('a', waiting), refusingLater],
])(
  'of those it has passed each is told that it was refused %s, and nothing is sent',
  async (_, first, second) => {
    await expect(send(answering, first, second)).rejects.toThrow('refused')
    expect(steps).toEqual(['a in', 'a out: Error: refused'])
  },
)

function createGuardOf(name: string, entering?: () => Promise<void>): Guard {
  return { enter: (one) => createGuard(name, entering).enter(one) }
}
