/**
 * Makes the upload id of bytes for an owner: the same bytes always find the same record, whatever their name. The next `generation`
 * is for bytes whose record was cleaned away.
 */
export async function toUploadId(
  owner: string,
  sha256: string,
  generation: number,
): Promise<string> {
  const words = JSON.stringify(['lightfast import', owner, sha256, generation])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words))
  return toUuid(new Uint8Array(digest))
}

/** Version 8: made by rules of our own. https://www.rfc-editor.org/rfc/rfc9562#section-5.8 */
function toUuid(digest: Uint8Array): string {
  const bytes = digest.slice(0, 16)
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Asks whether an upload id can be one of an import: browsers make ids of version 4. */
export function isImportId(uploadId: string): boolean {
  return uploadId[14] === '8'
}
