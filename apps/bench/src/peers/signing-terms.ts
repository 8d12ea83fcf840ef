/** What everybody signs: the delivery URLs of a page of private images. */
export const SIGNING_KEY = 'this-is-a-test-signing-key-of-fair-length'
export const EXPIRES_AT = 4_102_444_800_000
/** How many URLs there are on the page. */
export const URLS = 100

export const paths: readonly string[] = Array.from(
  { length: URLS },
  (_, at) =>
    `/cheeW4oKsx5ljh8e8BoL2A/bc27a117-9509-446b-8c69-${String(at).padStart(12, '0')}/mobile`,
)

export const urls: readonly string[] = paths.map((path) => `https://imagedelivery.net${path}`)

/** Gives the next of the paths or URLs, over and over, so that nobody signs the same one again and again. */
export function inTurn(all: readonly string[]): () => string {
  let at = 0
  return () => all[(at = (at + 1) % all.length)] ?? ''
}
