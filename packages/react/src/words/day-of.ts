/** How a day of the past is best named. Beyond six days a weekday would be mistaken for this week's. */
export function dayOf(at: number, now: number): 'today' | 'weekday' | 'date' {
  const passed = midnight(now) - midnight(at)
  if (passed <= 0) return 'today'
  return passed < 6.5 * DAY_MS ? 'weekday' : 'date'
}

const DAY_MS = 86_400_000

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0)
