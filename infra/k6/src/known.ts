import type { Answer } from './answer.js'

/** What somebody knows of the data before a run: customers whom they may see, and where pages of the list begin. */
export interface Known {
  customers: { id: string; displayName: string | null }[]
  /** Null is the first page. */
  cursors: (string | null)[]
}

/** How many pages of customers are read at most for each person before a run. */
export const knownPages = 5

export const nothingKnown = (): Known => ({ customers: [], cursors: [null] })

interface Page {
  nodes: Known['customers']
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

/** Adds what a page of KnownCustomers says; whether there is another page, behind the last of the cursors. */
export const learn = (known: Known, { data }: Answer): boolean => {
  const page = data?.customers as Page
  known.customers.push(...page.nodes)
  if (page.pageInfo.hasNextPage) known.cursors.push(page.pageInfo.endCursor)
  return page.pageInfo.hasNextPage
}
