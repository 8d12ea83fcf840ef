/** The part of the browser's `navigator.storage` that is asked. Absent from a page served over plain http from a LAN address. */
export type DeviceStorage = Partial<Pick<StorageManager, 'estimate' | 'persist' | 'persisted'>>

export interface DeviceRoom {
  /** Whether so many bytes fit, as far as the device tells. What it does not tell, the writing will. */
  readonly hasRoom: (bytes: number) => Promise<boolean>
  /** Asks, once, that the browser does not clear the storage by itself. The answer changes nothing here. */
  readonly askToPersist: () => void
}

/** Makes what asks the device for room. Nothing is asked before the first call. */
export function createDeviceRoom(given?: DeviceStorage): DeviceRoom {
  const find = (): DeviceStorage | undefined => given ?? globalThis.navigator?.storage
  let asked = false

  async function persist(): Promise<void> {
    const storage = find()
    if ((await storage?.persisted?.()) === false) await storage?.persist?.()
  }

  return {
    async hasRoom(bytes) {
      const { quota, usage = 0 } = await readEstimate(find())
      return quota === undefined || usage + bytes <= quota
    },
    askToPersist() {
      if (asked) return
      asked = true
      persist().catch(() => undefined)
    },
  }
}

async function readEstimate(storage: DeviceStorage | undefined): Promise<StorageEstimate> {
  try {
    return (await storage?.estimate?.()) ?? {}
  } catch {
    return {}
  }
}
