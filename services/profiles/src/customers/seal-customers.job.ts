import type { Job, Transaction } from '@clientele/kit'
import type { Customer } from './customer.entity.js'
import { clearValuesOf, toKeep } from './sensitive-values.js'

const perRound = 200

/** Seals sensitive details that a release before this one wrote in the clear, and takes them out of the customers' columns. */
export const sealCustomers: Job = {
  name: 'profiles-seal-customers',
  everyMs: 60_000,
  run: async ({ system, forTenant }) => {
    const { rows } = await system.query<{ tenant: string; ids: string[] }>(
      `select tenant, array_agg(customer_id) as ids
       from (select tenant, customer_id from unsealed_customer order by tenant, customer_id limit ${perRound}) as next
       group by tenant`,
    )
    let sealed = 0
    for (const { tenant, ids } of rows) sealed += await forTenant(tenant).transaction((tx) => sealClearValues(tx, ids))
    return sealed
  },
}

type Row = Pick<Customer, 'id' | 'person' | 'organization'>

// Nothing of the business changes: no version, no event. Who is being changed by somebody now is left for the next round.
const sealClearValues = async (tx: Transaction, ids: readonly string[]) => {
  const wanted = JSON.stringify(ids)
  const customers = await tx.em.execute<Row[]>(
    `select id, person, organization from customer where id in (select jsonb_array_elements_text(?::jsonb)::uuid)
     order by id for update skip locked`,
    [wanted],
  )
  const locked = JSON.stringify(customers.map(({ id }) => id))
  await tx.keys.keep(customers.flatMap((customer) => toKeep(customer.id, clearValuesOf(customer))))
  await tx.em.execute(
    `update customer set person = person - 'birthDate', organization = organization - 'registrationNumber'
     where id in (select jsonb_array_elements_text(?::jsonb)::uuid)`,
    [locked],
  )
  await tx.em.execute(
    'delete from unsealed_customer where customer_id in (select jsonb_array_elements_text(?::jsonb)::uuid)',
    [locked],
  )
  return customers.length
}
