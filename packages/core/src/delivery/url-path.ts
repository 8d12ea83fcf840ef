/** The path of a delivery URL, read as it stands: `URL` would mend what must be refused. */

export interface UrlPath {
  /** Without a slash at the end. */
  readonly origin: string
  /** Still encoded. */
  readonly segments: readonly string[]
  /** With its `?`, or empty. */
  readonly search: string
}

/**
 * Splits a URL of http or https.
 * @throws TypeError naming what is wrong: another scheme, a password, a fragment, or a character that cannot be meant so.
 */
export function splitUrl(url: string): UrlPath {
  refuse(/[\p{Cc}\p{Zs}]/u.test(url), 'a control character or a space')
  refuse(url.includes('\\'), 'a backslash')
  refuse(url.includes('#'), 'a fragment')
  const [, origin = '', path = '', search = ''] =
    /^(https?:\/\/[^/?]+)([^?]*)(.*)$/i.exec(url) ?? []
  if (!URL.canParse(origin)) throw new TypeError('This is no absolute URL of http or https.')
  refuse(origin.includes('@'), 'a name or a password')
  return { origin: new URL(origin).origin, segments: path.slice(1).split('/'), search }
}

/**
 * Decodes a segment of a path.
 * @throws TypeError naming what it may not be: empty, a dot segment, badly encoded, or with a hidden slash in it.
 */
export function toName(segment: string): string {
  const name = decode(segment)
  checkName(name)
  return name
}

/** Encodes a segment of a path, `%` as `%25`. @throws TypeError as `toName` does. */
export function toSegment(name: string): string {
  checkName(name)
  refuse(/\p{Cs}/u.test(name), 'half a character')
  return encodeURIComponent(name)
}

function checkName(name: string): void {
  refuse(name === '', 'an empty segment')
  refuse(name === '.' || name === '..', 'a dot segment')
  refuse(/\p{Cc}/u.test(name), 'a control character')
  refuse(name.includes('\\'), 'a backslash')
  refuse(name.includes('/'), 'an encoded slash')
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (cause) {
    throw new TypeError('The path of this URL is not percent-encoded as UTF-8.', { cause })
  }
}

function refuse(isThere: boolean, what: string): void {
  if (isThere) throw new TypeError(`A delivery URL cannot hold ${what}.`)
}
