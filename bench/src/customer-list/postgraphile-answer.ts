import type { Answer } from '../comparison/answer.js'

interface PostGraphileCustomer extends Record<'rowId' | 'number' | 'displayName', string> {
  satisfaction: Answer | null
  facts: { purchaseCount: number; segmentationRfmScoreByTenantAndRowId: Answer }
  externalRefs: { nodes: Answer[] }
}

/** PostGraphile's answer in the shape of CustomerList. */
export const fromPostGraphile = (answer: Answer): Answer => ({
  nodes: (answer as { nodes: PostGraphileCustomer[] }).nodes.map(({ rowId: id, facts, externalRefs, ...customer }) => ({
    ...{ id, ...customer, externalRefs: externalRefs.nodes },
    rfm: facts.purchaseCount ? { frequency: facts.purchaseCount, ...facts.segmentationRfmScoreByTenantAndRowId } : null,
  })),
})
