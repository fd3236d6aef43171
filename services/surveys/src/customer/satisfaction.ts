import { limits } from '@clientele/contracts'
import { type Context, DateTimeScalar, idsParameter, Limited, type SqlCondition } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType({ description: 'What a customer said last about their satisfaction, measure by measure.' })
export class CustomerSatisfaction {
  @Limited(limits.nps)
  @Field(() => Int, {
    nullable: true,
    description: 'Likelihood to recommend: the latest answer; null while there is none.',
  })
  nps!: number | null
  @Limited(limits.csat)
  @Field(() => Int, { nullable: true, description: 'Satisfaction: the latest answer; null while there is none.' })
  csat!: number | null
  @Limited(limits.ces)
  @Field(() => Int, { nullable: true, description: 'Ease: the latest answer; null while there is none.' })
  ces!: number | null
  @Field(() => DateTimeScalar, { description: 'When the customer responded last to any survey.' })
  lastRespondedAt!: Date
  @Field(() => Int, { description: 'How many responses the customer has given.' })
  responses!: number
}

interface Row extends Omit<CustomerSatisfaction, 'lastRespondedAt'> {
  customerId: string
  lastMs: number
}

/** The satisfaction of each customer, in their order, null without a response; one statement for all. `scope` limits the customers `c`. */
export const satisfactionOf = async (em: Context['em'], customerIds: readonly string[], scope: SqlCondition) => {
  const rows = await em.execute<Row[]>(
    `select customer_id as "customerId", count(*)::int as responses, extract(epoch from max(completed_at))::float8 * 1000 as "lastMs",
       (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1] as nps,
       (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1] as csat,
       (array_agg(ces order by completed_at desc, id desc) filter (where ces is not null))[1] as ces
     from survey_response r where customer_id = any(?::uuid[])
       and exists (select from customer c where c.id = r.customer_id and ${scope.sql})
     group by customer_id`,
    [idsParameter(customerIds), ...scope.params],
  )
  const byCustomer = new Map(
    rows.map(({ customerId, lastMs, ...measures }) => [customerId, { ...measures, lastRespondedAt: new Date(lastMs) }]),
  )
  return customerIds.map((id) => byCustomer.get(id.toLowerCase()) ?? null)
}
