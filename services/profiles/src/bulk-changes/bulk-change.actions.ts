import { type Acting, bulkChangeStarted, bulkChangeUndoStarted, limits } from '@clientele/contracts'
import { Conflict, type Context, inTurn, locked, type Transaction, validationIssues } from '@clientele/kit'
import { knownOwners } from '../owners/owners.js'
import { BulkChange } from './bulk-change.entity.js'
import type { CancelBulkChangeInput, StartBulkChangeInput, UndoBulkChangeInput } from './bulk-change.input.js'
import { bulkChangePolicy } from './bulk-change.policy.js'
import { bulkChangeWorkflow } from './bulk-change.workflow.js'
import { dataOf, end } from './bulk-change-event.js'
import { addRows, waitAgain } from './bulk-rows.js'
import { selectedIds } from './bulk-selection.js'
import { checkBulkStep } from './check-bulk.js'

/**
 * Begins a bulk change: finds its customers, once and for all, and leaves the rest to the job. Throws INVALID with all faults, FORBIDDEN,
 * CONFLICT `bulk_change.too_many_running`.
 */
export const startBulkChange = async (ctx: Context, input: StartBulkChangeInput): Promise<BulkChange> => {
  const staff = await knownOwners(ctx, bulkChangePolicy.start, [input.fields?.ownerId])
  return ctx.transaction(
    async (tx) => {
      const issues = validationIssues()
      const step = await checkBulkStep(tx, issues, input, staff)
      const ids = await selectedIds(tx, issues, input)
      issues.refuse()
      await refuseTooManyRunning(tx)
      const bulk = tx.em.create(BulkChange, {
        ...step,
        ...{ status: 'RUNNING', acting: actingOf(tx), begunAt: tx.now(), endedAt: null, undoUntil: null },
        ...{ total: ids.length, changed: 0, unchanged: 0, refused: 0, undone: 0, notUndone: 0 },
      })
      tx.emit(bulkChangeStarted, bulk, dataOf(bulk))
      await tx.em.flush()
      await addRows(tx, bulk.id, ids)
      return bulk
    },
    { key: input.idempotencyKey, operation: 'startBulkChange', input },
  )
}

/** Stops a bulk change after the batch that it is at. Throws NOT_FOUND, CONFLICT where it is over. */
export const cancelBulkChange = (ctx: Context, { id }: CancelBulkChangeInput): Promise<BulkChange> =>
  ctx.transaction(async (tx) => {
    const bulk = await locked(tx, BulkChange, id, bulkChangePolicy.steer)
    end(tx, bulk, 'CANCELLED')
    return bulk
  })

/**
 * Begins to change back what a bulk change has changed, or what of it could not be changed back before, in the name of whoever asks for it.
 * Throws NOT_FOUND, CONFLICT where it runs, `bulk_change.undone` where nothing is left of it, and `bulk_change.undo_over`.
 */
export const undoBulkChange = (ctx: Context, { id }: UndoBulkChangeInput): Promise<BulkChange> =>
  ctx.transaction(async (tx) => {
    const bulk = await locked(tx, BulkChange, id, bulkChangePolicy.steer)
    if (bulk.status === 'UNDONE' && !bulk.notUndone) {
      throw new Conflict('All of it was changed back already.', { reason: 'bulk_change.undone' })
    }
    bulkChangeWorkflow.move(bulk, 'UNDOING')
    if (bulk.undoUntil && bulk.undoUntil <= tx.now()) {
      const until = bulk.undoUntil.toISOString()
      throw new Conflict(`It could be undone until ${until}.`, { reason: 'bulk_change.undo_over', params: { until } })
    }
    await refuseTooManyRunning(tx)
    await waitAgain(tx, bulk.id)
    Object.assign(bulk, { acting: actingOf(tx), begunAt: tx.now(), endedAt: null, notUndone: 0 })
    tx.emit(bulkChangeUndoStarted, bulk, dataOf(bulk))
    return bulk
  })

const actingOf = ({ actor: { subject, roles, territories } }: Transaction): Acting => ({ subject, roles, territories })

const refuseTooManyRunning = async (tx: Transaction) => {
  const { most } = limits.runningBulkChanges
  await inTurn(tx, 'bulk changes')
  if ((await tx.em.count(BulkChange, { endedAt: null }, { filters: false })) < most) return
  throw new Conflict(`${most} bulk changes are running; wait for one of them.`, {
    reason: 'bulk_change.too_many_running',
    params: { most },
  })
}
