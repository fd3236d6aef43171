import { arrayParameter, type Transaction } from '@clientele/kit'
import { learnCustomersIfPossible } from '../customer/customer.actions.js'

/** A record of another service that facts are computed from. */
export interface Source {
  id: string
  version: number
  customerId: string
}

/** Where the sources of one kind are kept: a table whose first columns are id, version and customer_id. */
export interface SourceTable {
  table: string
  /** Column → its type; the values are found under the same name. */
  columns: Readonly<Record<string, string>>
  /** Recomputes this table's part of `customer_facts f` for the ids in the one parameter. */
  recompute: string
}

/**
 * Keeps the newest version of each source and recomputes the facts of their customers, with a handful of statements
 * however many there are. Answers with those customers, whose facts stay locked until the end of the transaction.
 */
export const keepSources = async (
  tx: Transaction,
  { table, columns, recompute }: SourceTable,
  sources: readonly Source[],
): Promise<string[]> => {
  const before = await tx.em.execute<{ customer_id: string }[]>(
    `select distinct customer_id from ${table} where id = any(?::uuid[])`,
    [arrayParameter(sources.map(({ id }) => id))],
  )
  const names = ['id', 'version', 'customer_id', ...Object.keys(columns)]
  const types = Object.entries({ version: 'int', customer_id: 'uuid', ...columns })
  await tx.em.execute(
    `insert into ${table} as known (${names.join(', ')})
     select ${names.join(', ')} from jsonb_to_recordset(?::jsonb)
       as row (id uuid, ${types.map(([name, type]) => `${name} ${type}`).join(', ')})
     order by id
     on conflict (tenant, id) do update set ${types.map(([name]) => `${name} = excluded.${name}`).join(', ')}
     where known.version < excluded.version`,
    [JSON.stringify(newestOf(sources).map(({ customerId, ...row }) => ({ ...row, customer_id: customerId })))],
  )
  const customers = [...new Set([...before.map((row) => row.customer_id), ...sources.map((one) => one.customerId)])]
  await learnCustomersIfPossible(tx, customers)
  await lockFacts(tx, customers)
  const ids = arrayParameter(customers)
  await tx.em.execute(recompute, [tx.now().toISOString(), ids, ids])
  return customers
}

/**
 * Locks the facts of customers, which exist afterwards. Every change of facts takes this lock before it reads what they
 * are computed from, and holds it while segments are evaluated: so changes of one customer follow one another.
 */
export const lockFacts = async (tx: Transaction, customers: readonly string[]): Promise<void> => {
  const ids = arrayParameter(customers)
  await tx.em.execute(
    `insert into customer_facts (id, as_of) select id, ?::timestamptz from unnest(?::uuid[]) as id order by id
     on conflict do nothing`,
    [tx.now().toISOString(), ids],
  )
  await tx.em.execute('select id from customer_facts where id = any(?::uuid[]) order by id for no key update', [ids])
}

const newestOf = (sources: readonly Source[]): Source[] => {
  const newest = new Map<string, Source>()
  for (const source of sources) {
    if ((newest.get(source.id)?.version ?? 0) < source.version) newest.set(source.id, source)
  }
  return [...newest.values()]
}
