/**
 * Counts how often a component was drawn, in React's production build: it tells a devtools hook of every commit. Import it
 * before React, which looks for that hook once.
 */

/** What is read of a node of React's tree. */
interface Fiber {
  readonly type: unknown
  readonly flags: number
  readonly child: Fiber | null
  readonly sibling: Fiber | null
  /** The same node in the commit before. */
  readonly alternate: Fiber | null
}

/** Set by React on what it called the component of, for devtools to read. */
const PERFORMED_WORK = 1

let latest: Fiber | null = null
let commits = 0

Object.assign(globalThis, {
  __REACT_DEVTOOLS_GLOBAL_HOOK__: {
    supportsFiber: true,
    inject: () => 1,
    onCommitFiberRoot(_: number, root: { readonly current: Fiber }) {
      latest = root.current
      commits += 1
    },
    onCommitFiberUnmount() {},
    onPostCommitFiberRoot() {},
  },
})

export const countCommits = (): number => commits

/** Counts the components of that name that were drawn in the latest commit. */
export function countDrawn(name: string): number {
  return latest === null ? 0 : countWithin(latest, name)
}

function countWithin(fiber: Fiber, name: string): number {
  let count = nameOf(fiber) === name && (fiber.flags & PERFORMED_WORK) !== 0 ? 1 : 0
  // Nothing below was touched: what is there tells of an earlier commit.
  if (fiber.alternate !== null && fiber.alternate.child === fiber.child) return count
  for (let child = fiber.child; child !== null; child = child.sibling) {
    count += countWithin(child, name)
  }
  return count
}

function nameOf({ type }: Fiber): unknown {
  return typeof type === 'object' && type !== null && 'displayName' in type
    ? type.displayName
    : undefined
}
