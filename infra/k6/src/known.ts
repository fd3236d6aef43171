import type { Answer } from './answer.js'

/** What somebody knows of the data before a run: customers whom they may see, where pages of the list begin, and who works there. */
export interface Known {
  customers: { id: string; displayName: string | null }[]
  /** Null is the first page. */
  cursors: (string | null)[]
  /** Subjects of the staff, to whom work can be given; empty where nobody is known. */
  staff: string[]
}

/** How many pages of customers are read at most for each person before a run. */
export const knownPages = 5

export const nothingKnown = (): Known => ({ customers: [], cursors: [null], staff: [] })

interface Learnt {
  customers: { nodes: Known['customers']; pageInfo: { hasNextPage: boolean; endCursor: string | null } }
  staff: { nodes: { subject: string }[] }
}

/** Adds what a page of KnownCustomers says; whether there is another page, behind the last of the cursors. */
export const learn = (known: Known, { data }: Answer): boolean => {
  const { customers: page, staff } = data as unknown as Learnt
  known.customers.push(...page.nodes)
  known.staff = staff.nodes.map(({ subject }) => subject)
  if (page.pageInfo.hasNextPage) known.cursors.push(page.pageInfo.endCursor)
  return page.pageInfo.hasNextPage
}
