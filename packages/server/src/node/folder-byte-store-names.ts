const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const keyPattern = new RegExp(`^${uuid}$`)
const leftoverPattern = new RegExp(String.raw`^\.${uuid}\.[0-9a-f-]+\.(?:part|open)$`)

/** Asks whether a string may be a key. No other may become part of a path. */
export function isKey(name: string): boolean {
  return keyPattern.test(name)
}

/** Names the file of a key. @throws TypeError if it is no key. */
export function toFileName(key: string): string {
  if (isKey(key)) return key
  throw new TypeError('The key of bytes in a folder must be a UUID in lower case.')
}

/** Names a file that is still being written. */
export function toPartName(key: string): string {
  return `.${toFileName(key)}.${crypto.randomUUID()}.part`
}

/** Names a link for those who read: the same for the same file, if that is told. */
export function toOpenedName(key: string, inode?: bigint): string {
  return `.${toFileName(key)}.${inode ?? crypto.randomUUID()}.open`
}

/** Asks whether a name is such a link to a file that the key has, or once had. */
export function isOpenedOf(key: string, name: string): boolean {
  return name.startsWith(`.${toFileName(key)}.`) && name.endsWith('.open')
}

/** Asks whether a name is neither a key's nor somebody else's, so that it may be removed when nobody needs it any more. */
export function isLeftover(name: string): boolean {
  return leftoverPattern.test(name)
}
