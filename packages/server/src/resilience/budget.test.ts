import { expect, test } from 'vitest'
import { createBudget, defaultBudgetConfig } from './budget.ts'

test('pays for retries until there is not enough left', () => {
  const budget = createBudget({ ...defaultBudgetConfig, tokens: 30 })
  expect([budget.spend(14), budget.spend(14), budget.spend(14)]).toEqual([true, true, false])
  expect(budget.left()).toBe(2)
})

test('never holds more than it had at first', () => {
  const budget = createBudget({ ...defaultBudgetConfig, tokens: 30 })
  budget.spend(14)
  budget.refund(100)
  expect(budget.left()).toBe(30)
})
