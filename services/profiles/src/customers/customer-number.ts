import { arrayParameter, type Transaction } from '@clientele/kit'

const formatted = (value: number) => `C-${String(value).padStart(6, '0')}`

/** Customers by the numbers they hold, one statement for all. */
export const holdersOf = async (
  tx: Pick<Transaction, 'em'>,
  numbers: readonly string[],
): Promise<Map<string, string>> => {
  if (!numbers.length) return new Map()
  const rows = await tx.em.execute<{ number: string; id: string }[]>(
    'select number, id from customer where number = any(?::text[])',
    [arrayParameter(numbers)],
  )
  return new Map(rows.map(({ number, id }) => [number, id]))
}

/**
 * The next so many numbers of the tenant, in order. The counter's row stays locked until the commit:
 * ask late. Numbers that people have given by hand are passed over.
 */
export const nextNumbers = async (
  tx: Pick<Transaction, 'em'>,
  count: number,
  reserved: ReadonlySet<string>,
): Promise<string[]> => {
  const given: string[] = []
  while (given.length < count) {
    const missing = count - given.length
    const [row] = await tx.em.execute<{ last: string }[]>(
      `insert into customer_counter (last) values (?)
       on conflict (tenant) do update set last = customer_counter.last + excluded.last returning last`,
      [missing],
    )
    const last = Number(row?.last)
    const block = Array.from({ length: missing }, (_, index) => formatted(last - missing + 1 + index))
    const taken = await holdersOf(tx, block)
    given.push(...block.filter((number) => !taken.has(number) && !reserved.has(number)))
  }
  return given
}
