import { part, reads, relation, roundedToMinorUnit, row, rows } from '@clientele/query-compiler'
import { recencyDays } from '../rfm/recency.js'

export const customerReads = [
  reads(
    'Customer',
    {
      segments: rows(
        (customer) => `select segment.key, segment.name, membership.entered_at, membership.segment_id
          from segment_membership membership join segment on segment.id = membership.segment_id
          where membership.customer_id = ${customer}.id and membership.exited_at is null and segment.status = 'ACTIVE'
          order by membership.entered_at, segment.key`,
      ),
      rfm: row(
        (customer, { now }) => `select facts.purchase_count as frequency, facts.purchase_total, facts.purchase_currency,
            ${recencyDays(now(), 'facts')} as recency_days,
            score.r, score.f, score.m, case when score.id is not null then (select computed_at from rfm_run) end as computed_at
          from customer_facts facts left join rfm_score score on score.id = facts.id
          where facts.id = ${customer}.id and facts.purchase_count > 0`,
      ),
      facts: relation('CustomerFacts', 'id'),
    },
    { keptIn: 'customer_facts' },
  ),
  reads('CustomerSegment', { segment: relation('Segment', 'segmentId') }),
  reads('CustomerRfm', {
    monetary: part({
      amount: (rfm) => roundedToMinorUnit(`${rfm}.purchase_total`, `${rfm}.purchase_currency`),
      currency: (rfm) => `${rfm}.purchase_currency`,
    }),
  }),
]
