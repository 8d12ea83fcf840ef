/** Whatever may be an address, a query or a secret. */
const telling = /https?:\S+|[?&]\S+|[\w.~+/=%-]{16,}/g

const MAX_SHOWN = 60

/**
 * Describes a body that is not what was expected, for a person who has to find out what stands in between. It is
 * never parsed, and whatever may be a secret is left out.
 */
export function describeBody(body: string, contentType: string | null): string {
  if (body === '') return 'nothing'
  const type = /^[\w.+/-]{1,40}/.exec(contentType ?? '')?.[0] ?? 'no type'
  const said = `${body.length} characters of ${type}`
  // Half of an answer to somebody else's question: a name, a key, a customer's metadata.
  if (/^\s*[{[]/.test(body)) return `${said} that are no whole answer`
  const start = body
    .replace(telling, '…')
    .replace(/[^ -~…]+/g, ' ')
    .trim()
  return `${said}: "${start.slice(0, MAX_SHOWN)}"`
}
