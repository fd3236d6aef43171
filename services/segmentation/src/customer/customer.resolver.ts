import { limits } from '@clientele/contracts'
import {
  type Context,
  hasTenantScope,
  idsParameter,
  ListSize,
  roundToMinor,
  type SqlCondition,
  within,
} from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { CustomerFacts } from '../facts/customer-facts.entity.js'
import { CustomerSegment } from '../memberships/customer-segment.entity.js'
import { CustomerRfm } from '../rfm/customer-rfm.entity.js'
import { recencyDays } from '../rfm/recency.js'
import { Segment } from '../segments/segment.entity.js'
import { customerPolicy } from './customer.policy.js'
import { Customer } from './customer.ref.js'

@Resolver(() => Customer)
export class CustomerResolver {
  @ListSize(limits.activeSegments)
  @FieldResolver(() => [CustomerSegment], {
    nullable: true,
    description: 'Segments that the customer is a member of now, in the order of entering. For all staff.',
  })
  segments(@Root() { id }: Customer, @Ctx() ctx: Context) {
    const scope = hasTenantScope(ctx.actor, customerPolicy.read)
      ? undefined
      : within(ctx.actor, customerPolicy.read, 'f')
    return ctx.loaders.batch('customer.segments', id.toLowerCase(), (em, ids) => segmentsOf(em, ids, scope))
  }

  @FieldResolver(() => CustomerRfm, {
    nullable: true,
    description: 'Buying behaviour; null for who never bought. For all staff.',
  })
  rfm(@Root() { id }: Customer, @Ctx() ctx: Context) {
    const now = ctx.now().toISOString()
    const scope = within(ctx.actor, customerPolicy.read, 'f')
    return ctx.loaders.batch('customer.rfm', id.toLowerCase(), (em, ids) => rfmOf(em, ids, now, scope))
  }

  @FieldResolver(() => CustomerFacts, {
    nullable: true,
    description: 'What the services know of the customer, in figures; null where nothing is known yet. For all staff.',
  })
  facts(@Root() { id }: Customer, @Ctx() ctx: Context) {
    return ctx.loaders.byId(CustomerFacts, id)
  }
}

@Resolver(() => CustomerSegment)
export class CustomerSegmentResolver {
  @FieldResolver(() => Segment, { nullable: true, description: 'The segment itself.' })
  segment(@Root() { segmentId }: CustomerSegment, @Ctx() ctx: Context) {
    return ctx.loaders.byId(Segment, segmentId)
  }
}

type SegmentRow = { customer_id: string; segment_id: string; key: string; name: string; entered_at: string }

/** `scope` limits the customers' facts `f`, which nobody looks at who has all customers in scope. */
const segmentsOf = async (
  em: Context['em'],
  ids: readonly string[],
  scope: SqlCondition | undefined,
): Promise<CustomerSegment[][]> => {
  const rows = await em.execute<SegmentRow[]>(
    `select m.customer_id, m.segment_id, s.key, s.name, m.entered_at
     from segment_membership m join segment s on s.tenant = m.tenant and s.id = m.segment_id
     where m.exited_at is null and s.status = 'ACTIVE' and m.customer_id = any(?::uuid[])
       ${scope ? `and exists (select from customer_facts f where f.id = m.customer_id and ${scope.sql})` : ''}
     order by m.customer_id, m.entered_at, s.key`,
    [idsParameter(ids), ...(scope?.params ?? [])],
  )
  const byCustomer = Map.groupBy(rows, (row) => row.customer_id)
  return ids.map((id) =>
    (byCustomer.get(id) ?? []).map((row) => ({
      ...{ key: row.key, name: row.name, segmentId: row.segment_id },
      enteredAt: new Date(row.entered_at),
    })),
  )
}

type RfmRow = Omit<CustomerRfm, 'monetary' | 'computedAt'> & {
  id: string
  amount: string
  currency: string
  computedAt: string | null
}

const rfmOf = async (
  em: Context['em'],
  ids: readonly string[],
  now: string,
  scope: SqlCondition,
): Promise<(CustomerRfm | null)[]> => {
  const rows = await em.execute<RfmRow[]>(
    `select f.id, f.purchase_count as frequency, f.purchase_total::text as amount, f.purchase_currency as currency,
       ${recencyDays('?::timestamptz', 'f')} as "recencyDays",
       s.r, s.f, s.m, case when s.id is not null then run.computed_at end as "computedAt"
     from customer_facts f left join rfm_score s on s.tenant = f.tenant and s.id = f.id
       left join rfm_run run on run.tenant = f.tenant
     where f.purchase_count > 0 and f.id = any(?::uuid[]) and ${scope.sql}`,
    [now, idsParameter(ids), ...scope.params],
  )
  const byCustomer = new Map(rows.map((row) => [row.id, row]))
  return ids.map((id) => {
    const row = byCustomer.get(id)
    if (!row) return null
    const { amount, currency, computedAt, ...figures } = row
    const monetary = { amount: roundToMinor(amount, currency), currency }
    return { ...figures, monetary, computedAt: computedAt ? new Date(computedAt) : null }
  })
}
