/** Gives calls what was set up for them, each once. */
export interface Prepared<Item> {
  /** Fills up with so many. */
  readonly fill: (count: number) => Promise<void>
  readonly next: () => Item
}

/** Makes what takes a while ahead of the calls that use it up. */
export function createPrepared<Item>(make: () => Promise<Item>): Prepared<Item> {
  let items: Item[] = []
  return {
    async fill(count) {
      items = []
      for (let at = 0; at < count; at += 1) items.push(await make())
    },
    next() {
      const item = items.pop()
      if (item === undefined) throw new Error('There are more calls than were set up.')
      return item
    },
  }
}
