/** The retry budget: in an outage retries cease, in calm times they come back. One for a client, whatever the operation. */

export interface BudgetConfig {
  /** Tokens when full. @default 500 */
  readonly tokens: number
  /** What a retry after a passing failure costs. @default 14 */
  readonly cost: number
  /** What a retry after a throttled call costs. @default 5 */
  readonly throttledCost: number
}

/** The figures that AWS made its default in November 2026. */
export const defaultBudgetConfig: BudgetConfig = { tokens: 500, cost: 14, throttledCost: 5 }

export interface Budget {
  /** Takes the price of a retry; false if there is not enough left. */
  readonly spend: (price: number) => boolean
  /** Gives tokens back: the price of the retry that succeeded, or 1 for a call that needed none. */
  readonly refund: (tokens: number) => void
  readonly left: () => number
}

export function createBudget({ tokens }: BudgetConfig): Budget {
  let left = tokens
  return {
    spend(price) {
      if (left < price) return false
      left -= price
      return true
    },
    refund(amount) {
      left = Math.min(tokens, left + amount)
    },
    left: () => left,
  }
}
