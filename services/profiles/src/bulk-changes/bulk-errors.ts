import {
  type Context,
  checkPageSize,
  connectionOf,
  decodeCursor,
  type Page,
  type PageArgs,
  pageOf,
  type Refusal,
  tellRefusal,
} from '@clientele/kit'
import { Field, ID, ObjectType } from 'type-graphql'
import type { BulkChange } from './bulk-change.entity.js'
import { BulkRefusal } from './bulk-refusal.js'

@ObjectType({ description: 'A customer whom a bulk change could not change, or not change back.' })
export class BulkChangeError extends BulkRefusal {
  @Field(() => ID, { description: 'The customer, as the id was given.' })
  customerId!: string
  position!: number
}

export const BulkChangeErrorConnection = connectionOf(BulkChangeError, 'BulkChangeError')

const failed = `from bulk_change_row where bulk_change_id = ? and status in ('REFUSED', 'NOT_UNDONE')`

/** Those who could not be changed, in the order of the bulk change. */
export const errorsOf = async (ctx: Context, { id }: BulkChange, page: PageArgs): Promise<Page<BulkChangeError>> => {
  const orderBy = [['position', 'asc']] as const
  checkPageSize(page.first)
  const ordering = { list: 'BulkChangeError', orderBy }
  const [after = 0] = page.after == null ? [] : decodeCursor(page.after, ordering, ['integer'])
  const rows = await ctx.em.execute<{ position: number; customerId: string; refusal: Refusal }[]>(
    `select position, given_id as "customerId", refusal ${failed} and position > ? order by position limit ?`,
    [id, after, page.first + 1],
  )
  const errors = rows.map(({ refusal, ...row }): BulkChangeError => ({ ...row, ...tellRefusal(ctx, refusal) }))
  return pageOf(errors, { ...ordering, ...page }, async () => {
    const [counted] = await ctx.em.execute<{ count: number }[]>(`select count(*)::int as count ${failed}`, [id])
    return counted?.count ?? 0
  })
}
