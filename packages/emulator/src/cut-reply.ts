import { ConnectionDroppedError } from './body.ts'

/** Makes the reply break off after that many bytes of its body; what its headers announce stays. */
export function cutReply(reply: Response, atByte: number): Response {
  const body = cutBody(reply.body ?? new ReadableStream(), atByte)
  cutBodies.add(body)
  return new Response(body, reply)
}

/** Tells whether this reply will break off, so that a server can break the socket where the body breaks. */
export const isCut = ({ body }: Response): boolean => body !== null && cutBodies.has(body)

const cutBodies = new WeakSet<ReadableStream>()

function cutBody(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  atByte: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader()
  let left = atByte
  return new ReadableStream(
    {
      async pull(controller) {
        if (left <= 0) return breakOff(controller)
        const { done, value } = await reader.read()
        if (done) return breakOff(controller)
        controller.enqueue(value.subarray(0, left))
        left -= value.length
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  )

  function breakOff(controller: ReadableStreamDefaultController): void {
    reader.cancel().catch(() => {})
    controller.error(new ConnectionDroppedError())
  }
}
