/** Where a picture stands on the page, in pixels from the left and the top. */
export interface Place {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export type MoveKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End'

const moveKeys: readonly string[] = [
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
] satisfies MoveKey[]

export const isMoveKey = (key: string): key is MoveKey => moveKeys.includes(key)

export interface Move {
  readonly key: MoveKey
  readonly from: number
  readonly places: readonly Place[]
  readonly direction: 'ltr' | 'rtl'
}

/**
 * Finds the picture that a key leads to. Left and right go through the list as it is read; up and down to what is there for the eye, since
 * pictures of their own ratio have no columns to count.
 */
export function nextItem({ key, from, places, direction }: Move): number {
  const last = places.length - 1
  const forward = direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (key === 'ArrowUp' || key === 'ArrowDown') return acrossLines(places, from, key)
  return Math.min(last, Math.max(0, from + (key === forward ? 1 : -1)))
}

/** The nearest line first, and within it the one that is most nearly above or below. */
function acrossLines(places: readonly Place[], from: number, key: 'ArrowUp' | 'ArrowDown'): number {
  const start = places[from]
  if (start === undefined) return from
  const candidates = places.flatMap((place, at) => {
    const gap = key === 'ArrowDown' ? place.top - start.bottom : start.top - place.bottom
    // Half a pixel: rows are laid out in fractions.
    return gap < -0.5 ? [] : [{ at, cost: gap * 4 + Math.abs(middle(place) - middle(start)) }]
  })
  const nearest = candidates.toSorted((one, other) => one.cost - other.cost)[0]
  return nearest?.at ?? from
}

const middle = ({ left, right }: Place): number => (left + right) / 2
