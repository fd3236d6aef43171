/** How many connections of one replica's budget go where; together they are the budget. */
export interface ConnectionShares {
  /** Transactions: writes, and reads that are not compiled. */
  transactions: number
  /** Sessions that compiled reads share. */
  reads: number
  /** The system role: relay, jobs, dead letters, readiness. */
  system: number
  /** Leases renew on a connection of their own, however busy the others are. */
  leases: number
}

/** What `DATABASE_CONNECTIONS` may be: connections of one service in one replica, all of them. */
export const connectionBudget = { least: 6, most: 500, usual: 20 } as const

/** A fifth each for compiled reads and the system role, one for leases, and what is left for transactions. */
export const shareConnections = (budget: number = connectionBudget.usual): ConnectionShares => {
  const fifth = Math.floor(budget / 5)
  const shares = { reads: Math.min(fifth, 16), system: Math.min(Math.max(fifth, 2), 8), leases: 1 }
  return { ...shares, transactions: budget - shares.reads - shares.system - shares.leases }
}
