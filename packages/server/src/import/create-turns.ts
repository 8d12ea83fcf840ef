/** Does work about the same thing one after the other, and other work meanwhile. */
export type Turns = <Result>(thing: string, work: () => Promise<Result>) => Promise<Result>

/** Makes turns. A thing that nobody works on is forgotten. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return async function inTurn<Result>(thing: string, work: () => Promise<Result>) {
    const before = last.get(thing) ?? Promise.resolve()
    const mine = before.then(work, work)
    last.set(thing, mine)
    try {
      return await mine
    } finally {
      if (last.get(thing) === mine) last.delete(thing)
    }
  }
}
