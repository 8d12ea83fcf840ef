import type { MalformFault } from './faults.ts'

/** Makes of a reply what a broken gateway would: its status stays, its body does not. */
export async function malformReply(reply: Response, as: MalformFault['as']): Promise<Response> {
  const headers = new Headers(reply.headers)
  headers.delete('Content-Length')
  if (as === 'html') headers.set('Content-Type', 'text/html; charset=utf-8')
  const { status } = reply
  const bytes = new Uint8Array(await reply.arrayBuffer())
  if (as === 'half') return new Response(bytes.slice(0, bytes.length / 2), { status, headers })
  return new Response(as === 'html' ? page : null, { status, headers })
}

const page =
  '<!doctype html><html><head><title>Please wait</title></head><body><h1>Please wait</h1></body></html>'
