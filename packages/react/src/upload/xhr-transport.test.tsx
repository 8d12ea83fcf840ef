import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { describeUploadTransport, parkedImage } from '../test-support/describe-upload-transport.ts'
import type { TransferScenario } from '../test-support/describe-upload-transport.ts'
import { createXhrTransport } from './xhr-transport.ts'

const closing: (() => void)[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})

type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void

const answers: Record<TransferScenario, Answer> = {
  accept: (_, response) => response.end('{"success":true,"errors":[],"result":{"id":"x"}}'),
  refuse: (_, response) => response.writeHead(400).end('ERROR 5455: Not an image'),
  break: (request) => request.socket.destroy(),
  hang: () => undefined,
}

const conflict = {
  status: 409,
  title: 'Conflict',
  detail: 'Another try is still sending.',
  code: 'upload_conflict',
  stage: 'provision',
  retry: 'later',
  requestId: 'req-1',
  retryAfterMs: 3000,
}

const serverAnswers: Record<TransferScenario, Answer> = {
  ...answers,
  accept: (_, response) => response.writeHead(202).end(JSON.stringify({ image: parkedImage })),
  refuse: (_, response) => response.writeHead(409).end(JSON.stringify(conflict)),
}

async function listen(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    response.setHeader('access-control-allow-methods', 'PUT')
    response.setHeader('access-control-allow-headers', 'content-type')
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.method === 'OPTIONS') response.end()
      else answer(request, response, Buffer.concat(chunks).toString('latin1'))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  return `http://127.0.0.1:${address.port}/slot`
}

describeUploadTransport('The XHR transport', async (scenario, to) => ({
  transport: createXhrTransport(),
  url: await listen((to === 'host' ? answers : serverAnswers)[scenario]),
}))

describe('createXhrTransport', () => {
  const options = {
    filename: 'cat.png',
    signal: new AbortController().signal,
    onProgress: () => undefined,
  }

  it('sends one multipart field named file, without cookies or headers of its own', async () => {
    let seen = { body: '', headers: {} as IncomingMessage['headers'] }
    const url = await listen((request, response, body) => {
      seen = { body, headers: request.headers }
      answers.accept(request, response, body)
    })
    await createXhrTransport().upload(new Blob(['picture'], { type: 'image/png' }), {
      ...options,
      target: { to: 'host', url },
    })
    expect(seen.body).toContain('name="file"; filename="cat.png"')
    expect(seen.body).toContain('picture')
    expect(seen.body.match(/Content-Disposition/g)).toHaveLength(1)
    expect(seen.headers).not.toHaveProperty('cookie')
    expect(seen.headers).not.toHaveProperty('x-requested-with')
  })

  it('puts the bytes as they are to our server, under their type', async () => {
    let seen = { method: '', body: '', type: '' }
    const url = await listen((request, response, body) => {
      const { method = '', headers } = request
      seen = { method, body, type: headers['content-type'] ?? '' }
      serverAnswers.accept(request, response, body)
    })
    await createXhrTransport().upload(new Blob(['picture'], { type: 'image/png' }), {
      ...options,
      target: { to: 'server', url },
    })
    expect(seen).toEqual({ method: 'PUT', body: 'picture', type: 'image/png' })
  })

  it.each([
    ['a proxy that gave up', 504, '<h1>Gateway timeout</h1>'],
    ['a captive network', 200, '<h1>Sign in</h1>'],
  ])('calls the reply of %s server_failed', async (_, status, text) => {
    const url = await listen((__, response) => response.writeHead(status).end(text))
    const target = { to: 'server', url } as const
    const result = await createXhrTransport().upload(new Blob(['x']), { ...options, target })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'server_failed' } })
  })

  it.each([
    ['host', 30_000],
    ['server', 60_000],
  ] as const)('times out when nothing has moved: to the %s after %d ms', async (to, ms) => {
    const stalls: number[] = []
    const transport = createXhrTransport({
      sleep: async (ms) => {
        stalls.push(ms)
      },
    })
    const url = await listen(answers.hang)
    const result = await transport.upload(new Blob(['picture']), {
      ...options,
      target: { to, url },
    })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'transfer_timed_out' } })
    expect(stalls).toEqual([ms])
  })

  it('calls a host that cannot be reached an interrupted transfer', async () => {
    const url = await listen(answers.accept)
    for (const close of closing.splice(0)) close()
    const result = await createXhrTransport().upload(new Blob(['picture']), {
      ...options,
      target: { to: 'host', url },
    })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'transfer_interrupted' } })
  })
})
