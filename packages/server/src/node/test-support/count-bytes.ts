/** A process that stands for Cloudflare: it counts the bytes that are sent to it, keeps none, and answers with an image. */
import { createServer } from 'node:http'

export interface Counted {
  readonly uploads: number
  readonly bytes: number
}

let counted: Counted = { uploads: 0, bytes: 0 }

const server = createServer((request, response) => {
  let bytes = 0
  request.on('data', (chunk: Buffer) => (bytes += chunk.length))
  request.on('end', () => {
    counted = { uploads: counted.uploads + 1, bytes: counted.bytes + bytes }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ success: true, errors: [], messages: [], result: makeImage() }))
  })
})

server.listen(0, '127.0.0.1', () => process.send?.(server.address()))
process.on('message', () => process.send?.(counted))
process.on('disconnect', () => process.exit())

function makeImage() {
  return {
    id: crypto.randomUUID(),
    filename: 'a.jpg',
    uploaded: new Date().toISOString(),
    requireSignedURLs: true,
    variants: [],
  }
}
