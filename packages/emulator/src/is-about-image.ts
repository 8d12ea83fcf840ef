/** The beginnings of the paths that name an image, in the API, the batch API and on the two public hosts. */
const beginnings = [
  /^\/client\/v4\/accounts\/[^/]+\/images\/v\d\//,
  /^\/images\/v\d\//,
  /^(?:\/cdn-cgi\/imagedelivery)?\/[^/]+\//,
]

/** Tells whether a URL names the image: as one segment in the API, whole in an upload, before the variant in delivery. */
export function isAboutImage(url: string, id: string): boolean {
  const { pathname } = new URL(url)
  const beginning = beginnings.find((one) => one.test(pathname))
  if (!beginning) return false
  const rest = pathname.replace(beginning, '')
  const withoutVariant = rest.slice(0, Math.max(0, rest.lastIndexOf('/')))
  return [rest, withoutVariant, rest.split('/')[0] ?? ''].some((part) => decode(part) === id)
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
