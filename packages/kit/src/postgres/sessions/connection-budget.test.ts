import { connectionBudget, shareConnections } from './connection-budget.js'

test.each<[number, object]>([
  [6, { transactions: 2, reads: 1, system: 2, leases: 1 }],
  [10, { transactions: 5, reads: 2, system: 2, leases: 1 }],
  [20, { transactions: 11, reads: 4, system: 4, leases: 1 }],
  [100, { transactions: 75, reads: 16, system: 8, leases: 1 }],
])('%i connections are shared out', (budget, shares) => {
  expect(shareConnections(budget)).toEqual(shares)
})

test('the shares of every budget are the budget, and nobody goes without', () => {
  for (let budget: number = connectionBudget.least; budget <= connectionBudget.most; budget++) {
    const shares = Object.values(shareConnections(budget))
    expect(shares.reduce((sum, share) => sum + share)).toBe(budget)
    expect(Math.min(...shares)).toBeGreaterThan(0)
  }
})
