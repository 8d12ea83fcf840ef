/** Makes a stream of bytes, as the binding takes them. */
export function toStream(bytes: Uint8Array): ReadableStream<Uint8Array> {
  return new Blob([new Uint8Array(bytes)]).stream()
}
