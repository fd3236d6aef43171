import { readFile } from 'node:fs/promises'
import { startChild } from '../child.js'
import { seedNow } from '../seed/seed.js'
import { services } from '../services.js'
import { type Answer, answerIn } from './answer.js'
import type { PostGraphileOptions } from './postgraphile-server.js'
import { connections, type Question, requestsOf, type Variant } from './variants.js'

const documentFile = new URL('../../src/customer-360/postgraphile.graphql', import.meta.url)

/** PostGraphile behind `node:http`, on the copy. */
export const startPostGraphile = async (databaseUrl: string, questions: readonly Question[]): Promise<Variant> => {
  const name = 'postgraphile'
  const query = await readFile(documentFile, 'utf8')
  const options: PostGraphileOptions = { databaseUrl, connections, schemas: services.map((service) => service.name) }
  const child = await startChild<{ url: string }>('customer-360/postgraphile-server', options)
  const now = seedNow.toISOString()
  return {
    name,
    label: 'PostGraphile behind node:http, on the copy, no token checks',
    target: {
      name,
      url: child.reply.url,
      requests: requestsOf(questions, ({ tenant, id }) => ({ query, variables: { tenant, id, now } })),
    },
    pids: [child.pid],
    read: (body) => shaped(answerIn(name, body) as unknown as PostGraphileCustomer),
    stop: child.stop,
  }
}

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
const shaped = (customer: PostGraphileCustomer): Answer => {
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
