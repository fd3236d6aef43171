import { type Context, DateTimeScalar, isId, type SqlCondition } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'

@ObjectType({ description: 'What a customer said last about their satisfaction, measure by measure.' })
export class CustomerSatisfaction {
  @Field(() => Int, {
    nullable: true,
    description: 'Likelihood to recommend, 0 to 10: the latest answer; null while there is none.',
  })
  nps!: number | null
  @Field(() => Int, {
    nullable: true,
    description: 'Satisfaction, 1 to 5: the latest answer; null while there is none.',
  })
  csat!: number | null
  @Field(() => Int, {
    nullable: true,
    description: 'Ease, 1 to 7: the latest answer; null while there is none.',
  })
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

/** The satisfaction of each customer, in their order, null without a response; one statement for all. `reached` limits the customers `c`. */
export const satisfactionOf = async (
  em: Context['em'],
  customerIds: readonly string[],
  reached: SqlCondition | undefined,
) => {
  const rows = await em.execute<Row[]>(
    `select customer_id as "customerId", count(*)::int as responses, extract(epoch from max(completed_at))::float8 * 1000 as "lastMs",
       (array_agg(nps order by completed_at desc, id desc) filter (where nps is not null))[1] as nps,
       (array_agg(csat order by completed_at desc, id desc) filter (where csat is not null))[1] as csat,
       (array_agg(ces order by completed_at desc, id desc) filter (where ces is not null))[1] as ces
     from survey_response r where customer_id = any (?::uuid[])
       ${reached ? `and exists (select from customer c where c.id = r.customer_id and ${reached.sql})` : ''}
     group by customer_id`,
    [`{${customerIds.filter(isId).join(',')}}`, ...(reached?.params ?? [])],
  )
  const byCustomer = new Map(
    rows.map(({ customerId, lastMs, ...measures }) => [customerId, { ...measures, lastRespondedAt: new Date(lastMs) }]),
  )
  return customerIds.map((id) => byCustomer.get(id.toLowerCase()) ?? null)
}
