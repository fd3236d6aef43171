import { arrayParameter, type Context } from '@clientele/kit'
import type { PurchaseLine } from './purchase.entity.js'

type Row = PurchaseLine & { purchase_id: string }

/** The lines of many purchases, in one statement. */
export const linesOf = async (em: Context['em'], purchases: readonly string[]): Promise<PurchaseLine[][]> => {
  const rows = await em.execute<Row[]>(
    `select purchase_id, sku, description, quantity::text as quantity, unit_price::text as "unitPrice",
       discount::text as discount, total::text as total
     from purchase_line where purchase_id = any(?::uuid[]) order by purchase_id, position`,
    [arrayParameter(purchases)],
  )
  const byPurchase = Map.groupBy(rows, (row) => row.purchase_id)
  return purchases.map((id) => byPurchase.get(id) ?? [])
}
