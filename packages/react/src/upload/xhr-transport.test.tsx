import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { describeUploadTransport } from '../testing/describe-upload-transport.ts'
import type { TransferScenario } from '../testing/describe-upload-transport.ts'
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

async function listen(answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
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

describeUploadTransport('The XHR transport', async (scenario) => ({
  transport: createXhrTransport(),
  url: await listen(answers[scenario]),
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
      url,
    })
    expect(seen.body).toContain('name="file"; filename="cat.png"')
    expect(seen.body).toContain('picture')
    expect(seen.body.match(/Content-Disposition/g)).toHaveLength(1)
    expect(seen.headers).not.toHaveProperty('cookie')
    expect(seen.headers).not.toHaveProperty('x-requested-with')
  })

  it('times out when nothing has moved for 30 seconds', async () => {
    const stalls: number[] = []
    const transport = createXhrTransport({
      sleep: async (ms) => {
        stalls.push(ms)
      },
    })
    const url = await listen(answers.hang)
    const result = await transport.upload(new Blob(['picture']), { ...options, url })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'transfer_timed_out' } })
    expect(stalls).toEqual([30_000])
  })

  it('calls a host that cannot be reached an interrupted transfer', async () => {
    const url = await listen(answers.accept)
    for (const close of closing.splice(0)) close()
    const result = await createXhrTransport().upload(new Blob(['picture']), { ...options, url })
    expect(result).toMatchObject({ status: 'failed', failure: { code: 'transfer_interrupted' } })
  })
})
