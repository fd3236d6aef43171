import { type Context, isolateFailures, type Refusal, retryOnConflict, type Transaction } from '@clientele/kit'
import { LockMode } from '@mikro-orm/core'
import { setStatus } from '../customers/customer.actions.js'
import { Customer } from '../customers/customer.entity.js'
import { inAnyScope } from '../customers/customer-access.js'
import { saveCustomers } from '../customers/customer-changes.js'
import { knownTags } from '../tags/known-tags.js'
import { type Author, presentAuthor } from './bulk-author.js'
import { BulkChange } from './bulk-change.entity.js'
import { end } from './bulk-change-event.js'
import { type BulkPlan, changeBy, lookUp, planFor } from './bulk-plan.js'
import { refusalOfCustomer } from './bulk-refusal.js'
import {
  type BulkOutcome,
  type BulkRow,
  nextPositions,
  refuseWaiting,
  settleRows,
  type Waiting,
  waitingIn,
  waitingRows,
} from './bulk-rows.js'
import { stepOf } from './bulk-step.js'
import { planUndo } from './bulk-undo.js'

/** Customers of one transaction. */
const batchSize = 100

/**
 * Goes on with a bulk change, one batch of it, on behalf of its author: what was done to a customer is noted with the commit that does it,
 * so nothing is done twice. Ends the change when nobody is left. Answers with how many it went through, the end being one.
 */
export const goOn = async (ctx: Context, id: string): Promise<number> => {
  const bulk = await ctx.em.findOne(BulkChange, { id }, inAnyScope)
  if (!bulk || (bulk.status !== 'RUNNING' && bulk.status !== 'UNDOING')) return 0
  const waiting = waitingIn(bulk.status)
  const author = await presentAuthor(ctx, bulk)
  if (!author) await ctx.transaction((tx) => refuseWaiting(tx, id, waiting, authorLeft))
  const positions = await nextPositions(ctx, id, waiting, batchSize)
  if (!author || !positions.length) return endWith(ctx, id, waiting, author)
  const failed = await isolateFailures(positions, (part) => workThrough(ctx, bulk, waiting, part, author), {
    mostFailures: batchSize,
  })
  const refused = [...failed].map(([position, error]) =>
    refusedAt(position, waiting, refusalOfCustomer(ctx, error, id)),
  )
  if (refused.length) await ctx.transaction((tx) => settleRows(tx, id, refused))
  return positions.length
}

const authorLeft: Refusal = {
  code: 'FORBIDDEN',
  reason: 'bulk_change.author_left',
  message: 'Whoever began this does not work here any more.',
}

const refusedAt = (position: number, waiting: Waiting, refusal: Refusal): BulkOutcome => ({
  position,
  status: waiting === 'PENDING' ? 'REFUSED' : 'NOT_UNDONE',
  refusal,
})

/** Does the step, or what undoes it, to the customers at these places, all or none; answers of single customers do not stop the others. */
const workThrough = (
  ctx: Context,
  bulk: BulkChange,
  waiting: Waiting,
  positions: readonly number[],
  { behalf, rights }: Author,
) =>
  retryOnConflict(() =>
    ctx.transaction(async (service) => {
      const tx = service.onBehalfOf(behalf, rights)
      if (!(await isStill(tx, bulk))) return
      const rows = await waitingRows(tx, bulk.id, waiting, positions)
      const planOf = waiting === 'PENDING' ? await changing(tx, bulk) : await undoing(tx, rows)
      const customers = await lockedCustomers(tx, rows)
      const outcomes: BulkOutcome[] = []
      const planned: { row: BulkRow; customer: Customer; plan: BulkPlan }[] = []
      for (const row of rows) {
        const customer = customers.get(row.customerId ?? '') ?? null
        try {
          const plan = planOf(customer, row)
          if (plan.differences.length) planned.push({ row, customer: customer as Customer, plan })
          else outcomes.push({ position: row.position, status: waiting === 'PENDING' ? 'UNCHANGED' : 'UNDONE' })
        } catch (error) {
          outcomes.push(refusedAt(row.position, waiting, refusalOfCustomer(tx, error, row.givenId)))
        }
      }
      await carryOut(tx, planned)
      const done = planned.map(
        ({ row: { position }, customer: { version }, plan: { differences } }): BulkOutcome =>
          waiting === 'PENDING'
            ? { position, status: 'CHANGED', customerVersion: version, differences }
            : { position, status: 'UNDONE' },
      )
      await settleRows(tx, bulk.id, [...outcomes, ...done])
    }),
  )

/** Whether it still goes on: whoever cancels it waits for this batch, or this batch finds that they have. */
const isStill = async (tx: Transaction, { id, status }: BulkChange) => {
  const [now] = await tx.em.execute<{ status: string }[]>('select status from bulk_change where id = ? for update', [
    id,
  ])
  return now?.status === status
}

const lockedCustomers = async (tx: Transaction, rows: readonly BulkRow[]): Promise<ReadonlyMap<string, Customer>> => {
  const found = await tx.em.find(
    Customer,
    { id: { $in: rows.flatMap(({ customerId }) => customerId ?? []) } },
    { ...inAnyScope, lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  )
  return new Map(found.map((customer) => [customer.id, customer]))
}

type PlanOf = (customer: Customer | null, row: BulkRow) => BulkPlan

const changing = async (tx: Transaction, bulk: BulkChange): Promise<PlanOf> => {
  const step = stepOf(bulk)
  const around = await lookUp(tx, step)
  return (customer) => planFor(tx, customer, step, around)
}

const undoing = async (tx: Transaction, rows: readonly BulkRow[]): Promise<PlanOf> => {
  const differences = rows.flatMap((row) => row.differences ?? []).filter(({ field }) => field === 'tags')
  const known = await knownTags(
    tx,
    differences.flatMap(({ before, after }) => [...before, ...after]),
  )
  return (customer, row) => planUndo(tx, customer, row, known)
}

const carryOut = async (tx: Transaction, planned: readonly { customer: Customer; plan: BulkPlan }[]) => {
  await saveCustomers(
    tx,
    planned.map(({ customer, plan }) => changeBy(customer, plan)),
  )
  for (const { customer, plan } of planned) {
    if (customer.status !== plan.status) setStatus(tx, customer, plan.status)
  }
  await tx.em.flush()
}

/** Ends it, unless somebody else did, or rows wait. */
const endWith = (ctx: Context, id: string, waiting: Waiting, author: Author | undefined): Promise<number> =>
  ctx.transaction(async (service) => {
    const tx = author ? service.onBehalfOf(author.behalf, author.rights) : service
    const bulk = await tx.em.findOne(BulkChange, { id }, { ...inAnyScope, lockMode: LockMode.PESSIMISTIC_WRITE })
    const isOver = bulk?.endedAt !== null || (await nextPositions(tx, id, waiting, 1)).length > 0
    if (!isOver) end(tx, bulk, waiting === 'PENDING' ? 'DONE' : 'UNDONE')
    return 1
  })
