export type Query = Readonly<Record<string, string>>

/**
 * Writes the address of an object, or of the bucket itself, just as it is signed: S3 counts every byte of it.
 * @throws TypeError if a name would mean something else in an address, such as `..`.
 */
export function toObjectUrl(bucketUrl: string, name: string | undefined, query: Query): string {
  const path = name === undefined ? '' : `/${name.split('/').map(encode).join('/')}`
  const pairs = Object.entries(query).map(([key, value]) => `${encode(key)}=${encode(value)}`)
  const url = `${bucketUrl}${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`
  if (name === '' || !new URL(url).pathname.endsWith(path)) {
    throw new TypeError('This key cannot be the name of an object in a bucket.')
  }
  return url
}

/** As RFC 3986 has it: `encodeURIComponent` leaves five more signs as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
