import { arrayParameter, idsParameter, type Refusal, type Transaction } from '@clientele/kit'
import type { BulkDifference } from './bulk-step.js'

type Em = Pick<Transaction, 'em'>

const integers = (numbers: readonly number[]) => arrayParameter(numbers.map(String))

/** A customer of a bulk change, at its place among them. */
export interface BulkRow {
  position: number
  customerId: string | null
  givenId: string
  differences: BulkDifference[] | null
  /** The customer's version after the change. */
  customerVersion: number | null
}

export interface BulkOutcome {
  position: number
  status: 'CHANGED' | 'UNCHANGED' | 'REFUSED' | 'UNDONE' | 'NOT_UNDONE'
  differences?: BulkDifference[]
  customerVersion?: number
  refusal?: Refusal
}

/** Rows wait in one status for what is done to them in the other: to be changed, or to be changed back. */
export type Waiting = 'PENDING' | 'CHANGED'

export const waitingIn = (status: 'RUNNING' | 'UNDOING'): Waiting => (status === 'RUNNING' ? 'PENDING' : 'CHANGED')

/**
 * Freezes who the customers are; an id that is nobody's keeps its place, to be told of. Rows go in without a join: of rows that came just now the
 * planner knows nothing, and might compare each with each.
 */
export const addRows = async ({ em }: Em, bulkChangeId: string, ids: readonly string[]) => {
  const found = await em.execute<{ id: string }[]>('select id from customer where id = any(?::uuid[])', [
    idsParameter(ids),
  ])
  const known = new Set(found.map(({ id }) => id))
  const rows = ids.map((id, at) => ({ position: at + 1, given: id, customer: known.has(id) ? id : null }))
  await em.execute(
    `insert into bulk_change_row (bulk_change_id, position, given_id, customer_id)
     select ?, position, given, customer
     from jsonb_to_recordset(?::jsonb) as row (position integer, given text, customer uuid)`,
    [bulkChangeId, JSON.stringify(rows)],
  )
}

/** The next rows that wait, in their order. */
export const nextPositions = async ({ em }: Em, id: string, waiting: Waiting, most: number): Promise<number[]> => {
  const rows = await em.execute<{ position: number }[]>(
    `select position from bulk_change_row where bulk_change_id = ? and status = ? order by position limit ?`,
    [id, waiting, most],
  )
  return rows.map(({ position }) => position)
}

/** Those of the rows that wait still, locked. */
export const waitingRows = ({ em }: Em, id: string, waiting: Waiting, positions: readonly number[]) =>
  em.execute<BulkRow[]>(
    `select position, customer_id as "customerId", given_id as "givenId", differences, customer_version as "customerVersion"
     from bulk_change_row
     where bulk_change_id = ? and status = ? and position = any(?::integer[]) order by position for update`,
    [id, waiting, integers(positions)],
  )

/** Writes what became of rows and counts it, with the commit that did it. */
export const settleRows = async ({ em }: Em, id: string, outcomes: readonly BulkOutcome[]) => {
  if (!outcomes.length) return
  await em.execute(
    `update bulk_change_row set status = row.status, refusal = row.refusal,
       differences = coalesce(row.differences, bulk_change_row.differences),
       customer_version = coalesce(row."customerVersion", bulk_change_row.customer_version)
     from jsonb_to_recordset(?::jsonb)
       as row (position integer, status text, differences jsonb, "customerVersion" integer, refusal jsonb)
     where bulk_change_id = ? and bulk_change_row.position = any(?::integer[])
       and bulk_change_row.position = row.position`,
    [JSON.stringify(outcomes), id, integers(outcomes.map(({ position }) => position))],
  )
  const count = (status: BulkOutcome['status']) => outcomes.filter((one) => one.status === status).length
  await em.execute(
    `update bulk_change set changed = changed + ?, unchanged = unchanged + ?, refused = refused + ?,
       undone = undone + ?, not_undone = not_undone + ? where id = ?`,
    [count('CHANGED'), count('UNCHANGED'), count('REFUSED'), count('UNDONE'), count('NOT_UNDONE'), id],
  )
}

/** Has those wait again who could not be changed back. */
export const waitAgain = ({ em }: Em, id: string) =>
  em.execute(
    `update bulk_change_row set status = 'CHANGED', refusal = null where bulk_change_id = ? and status = 'NOT_UNDONE'`,
    [id],
  )

/** Refuses all that wait, for one reason. */
export const refuseWaiting = async ({ em }: Em, id: string, waiting: Waiting, refusal: Refusal) => {
  const [status, column] = waiting === 'PENDING' ? ['REFUSED', 'refused'] : ['NOT_UNDONE', 'not_undone']
  await em.execute(
    `with refused as (
       update bulk_change_row set status = ?, refusal = ?::jsonb where bulk_change_id = ? and status = ? returning 1)
     update bulk_change set ${column} = ${column} + (select count(*) from refused) where id = ?`,
    [status, JSON.stringify(refusal), id, waiting, id],
  )
}
