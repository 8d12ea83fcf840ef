/** Remembers values up to a number of bytes and forgets what was longest not asked for. */
export interface ByteCache<Value> {
  readonly get: (key: string) => Value | undefined
  readonly set: (key: string, value: Value, bytes: number) => void
}

/** Creates an empty cache; what is larger than the whole of it is not remembered. */
export function createByteCache<Value>(maxBytes: number): ByteCache<Value> {
  const entries = new Map<string, { readonly value: Value; readonly bytes: number }>()
  let total = 0

  function forget(key: string): void {
    total -= entries.get(key)?.bytes ?? 0
    entries.delete(key)
  }

  return {
    get(key) {
      const entry = entries.get(key)
      if (!entry) return undefined
      entries.delete(key)
      entries.set(key, entry)
      return entry.value
    },
    set(key, value, bytes) {
      forget(key)
      if (bytes > maxBytes) return
      entries.set(key, { value, bytes })
      total += bytes
      for (const oldest of entries.keys()) {
        if (total <= maxBytes) return
        forget(oldest)
      }
    },
  }
}
