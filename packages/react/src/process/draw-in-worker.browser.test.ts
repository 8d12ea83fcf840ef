import { describe, expect, it } from 'vitest'
import { drawQuarters, look } from '../test-support/quarter-photo.ts'
import { createWorkerDraw } from './draw-in-worker.ts'

const order = { maxSide: 100, maxBytes: 1e6, type: 'image/png', quality: 0.8 } as const
const never = new AbortController().signal
const small = { width: 100, height: 50, quarters: ['red', 'green', 'blue', 'nothing'] }

interface Watched {
  readonly started: Worker[]
  /** What the workers answered, as they would not had the page to draw. */
  readonly replies: unknown[]
  readonly makeWorker: () => Worker
}

/** The real worker. */
function watchWorkers(): Watched {
  const started: Worker[] = []
  const replies: unknown[] = []
  function makeWorker(): Worker {
    const url = new URL('./process-worker.js', import.meta.url)
    const worker = new Worker(url, { type: 'module' })
    worker.addEventListener('message', ({ data }) => replies.push(data.status))
    started.push(worker)
    return worker
  }
  return { started, replies, makeWorker }
}

/** A page whose policy forbids workers. */
async function openStrictPage(): Promise<Window & typeof globalThis> {
  const frame = document.createElement('iframe')
  frame.srcdoc = `<meta http-equiv="content-security-policy" content="worker-src 'none'">`
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
  document.body.append(frame)
  await loaded
  const page = frame.contentDocument?.defaultView
  if (!page) throw new Error('The page has not opened.')
  return page
}

describe('createWorkerDraw, in Chromium', () => {
  it('draws in one worker, whatever there is to draw', async () => {
    const { started, replies, makeWorker } = watchWorkers()
    const draw = createWorkerDraw({ makeWorker })
    const picture = await drawQuarters(400, 200, 'image/png')
    const drawn = await Promise.all([1, 2, 3].map(() => draw(picture, order, never)))
    expect(await Promise.all(drawn.map(look))).toEqual([small, small, small])
    expect(replies).toEqual(['drawn', 'drawn', 'drawn'])
    expect(started).toHaveLength(1)
  })

  it('ends a worker that has nothing to do, and starts another when there is', async () => {
    const { started, makeWorker } = watchWorkers()
    const rests: (() => void)[] = []
    const draw = createWorkerDraw({
      makeWorker,
      sleep: () => new Promise((resolve) => rests.push(resolve)),
    })
    const picture = await drawQuarters(400, 200, 'image/png')
    await draw(picture, order, never)
    await Promise.resolve()
    rests[0]?.()
    await Promise.resolve()
    expect(await look(await draw(picture, order, never))).toEqual(small)
    expect(started).toHaveLength(2)
  })

  it('draws on the page where its policy forbids workers', async () => {
    const page = await openStrictPage()
    const tries: string[] = []
    const draw = createWorkerDraw({
      makeWorker() {
        tries.push('made')
        return new page.Worker(new URL('./process-worker.js', import.meta.url), { type: 'module' })
      },
    })
    const picture = await drawQuarters(400, 200, 'image/png')
    expect(await look(await draw(picture, order, never))).toEqual(small)
    expect(await look(await draw(picture, order, never))).toEqual(small)
    expect(tries).toEqual(['made'])
  })

  it.each([
    [
      'cannot be started',
      (): Worker => {
        throw new DOMException('Not allowed', 'SecurityError')
      },
    ],
    ['does not load', (): Worker => new Worker('/no-such-worker.js?nothing', { type: 'module' })],
    ['breaks', (): Worker => new Worker(URL.createObjectURL(new Blob(['throw new Error()'])))],
    [
      'has no canvas',
      (): Worker => {
        const source = `onmessage = ({ data }) => postMessage({ id: data.id, status: 'unable' })`
        return new Worker(URL.createObjectURL(new Blob([source])))
      },
    ],
  ])('draws on the page when the worker %s', async (_, makeWorker) => {
    const draw = createWorkerDraw({ makeWorker })
    const picture = await drawQuarters(400, 200, 'image/png')
    expect(await look(await draw(picture, order, never))).toEqual(small)
  })

  it('tells why a picture cannot be drawn, and draws the next one', async () => {
    const { started, makeWorker } = watchWorkers()
    const draw = createWorkerDraw({ makeWorker })
    await expect(draw(new Blob(['no picture']), order, never)).rejects.toThrow('decoded')
    const picture = await drawQuarters(400, 200, 'image/png')
    expect(await look(await draw(picture, order, never))).toEqual(small)
    expect(started).toHaveLength(1)
  })

  it('lets go at once of a picture that nobody waits for, also while it is in line', async () => {
    const draw = createWorkerDraw()
    const picture = await drawQuarters(400, 200, 'image/png')
    const first = draw(picture, order, never)
    const controller = new AbortController()
    const second = draw(picture, order, controller.signal)
    controller.abort(new Error('off the list'))
    await expect(second).rejects.toThrow('off the list')
    expect(await look(await first)).toEqual(small)
  })
})
