import type { Answer } from '../comparison/answer.js'

interface PostGraphileCustomer extends Record<'rowId' | 'number' | 'kind' | 'displayName', string> {
  contactPoints: { kind: string; value: string }[]
  customerTagsByTenantAndCustomerId: Nodes<{ tagByTenantAndTagKey: { name: string } }>
  purchaseSummary: { count: number; amount: string; currency: string; firstAt: string; lastAt: string } | null
  visits: Nodes<{ rowId: string; status: string; plannedStart: string; summary: string | null }> & {
    totalCount: number
  }
  complaints: Nodes<Answer & { rowId: string }>
  timeline: Nodes<{ kind: string; occurredAt: string }>
  satisfaction: Answer | null
  openMemberships: Nodes<{ enteredAt: string; segmentationSegmentByTenantAndSegmentId: Answer }>
  facts: {
    recencyDays: number
    purchaseCount: number
    purchaseTotal: string
    purchaseCurrency: string
    segmentationRfmScoreByTenantAndRowId: Answer
  }
  externalRefs: Nodes<Answer>
}

interface Nodes<T> {
  nodes: T[]
}

/** PostGraphile's answer in the shape of Customer360. */
export const fromPostGraphile = (answer: Answer): Answer => {
  const customer = answer as unknown as PostGraphileCustomer
  const { purchaseSummary: purchases, visits, complaints, facts } = customer
  const { count = 0, amount, currency, firstAt = null, lastAt = null } = purchases ?? {}
  return {
    id: customer.rowId,
    number: customer.number,
    kind: customer.kind,
    displayName: customer.displayName,
    contactPoints: customer.contactPoints.map(({ kind, value }) => ({ kind, value })),
    tags: customer.customerTagsByTenantAndCustomerId.nodes.map((node) => node.tagByTenantAndTagKey),
    purchaseSummary: { count, total: purchases && { amount, currency }, firstAt, lastAt },
    visits: {
      nodes: visits.nodes.map(({ rowId: id, status, plannedStart, summary }) => {
        return { id, status, plannedStart, report: summary === null ? null : { summary } }
      }),
      totalCount: visits.totalCount,
    },
    complaints: { nodes: complaints.nodes.map(({ rowId: id, ...complaint }) => ({ id, ...complaint })) },
    timeline: {
      nodes: customer.timeline.nodes.map(({ kind: __typename, occurredAt }) => ({ __typename, occurredAt })),
    },
    satisfaction: customer.satisfaction,
    segments: customer.openMemberships.nodes.map(({ enteredAt, segmentationSegmentByTenantAndSegmentId: segment }) => {
      return { ...segment, enteredAt }
    }),
    rfm: facts.purchaseCount ? scoresOf(facts) : null,
    externalRefs: customer.externalRefs.nodes,
  }
}

const scoresOf = ({ purchaseTotal, purchaseCurrency, ...facts }: PostGraphileCustomer['facts']) => ({
  recencyDays: facts.recencyDays,
  frequency: facts.purchaseCount,
  monetary: { amount: purchaseTotal, currency: purchaseCurrency },
  ...facts.segmentationRfmScoreByTenantAndRowId,
})
