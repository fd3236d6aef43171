import { randomUUID } from 'node:crypto'
import { limits } from '@clientele/contracts'
import {
  type Context,
  checkList,
  expectedError,
  isolateFailures,
  retryOnConflict,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { checkSystem } from '../customers/origin.js'
import { ImportOutcome, type ImportResult, type ImportRowResult, rejected, resultOf } from './import-result.js'

interface Batch<Row> {
  system: string
  dryRun: boolean
  rows: readonly Row[]
}

/** Carries the result of a dry run out of the transaction that it rolls back. */
class DryRun extends Error {
  constructor(readonly rows: ImportRowResult[]) {
    super('dry run')
  }
}

/**
 * Runs a batch in one transaction, after other batches of the same system; a dry run is rolled back at the end. Where a row makes the
 * transaction fail, whatever the reason, the rows before and behind it get transactions of their own, and it is rejected alone.
 */
export const runImport = async <Row extends { externalId: string }>(
  ctx: Context,
  batch: Batch<Row>,
  work: (tx: Transaction, system: string, rows: readonly Row[]) => Promise<ImportRowResult[]>,
): Promise<ImportResult> => {
  const system = checkBatch(batch)
  const transaction = (rows: readonly Row[]) =>
    ctx.transaction(async (tx) => {
      await tx.em.execute(
        `select pg_advisory_xact_lock(hashtextextended('import ' || current_tenant() || ' ' || ?, 0))`,
        [system],
      )
      const results = await work(tx, system, rows)
      if (!batch.dryRun) return results
      await tx.em.flush()
      throw new DryRun(results)
    })
  const run = (rows: readonly Row[]) =>
    retryOnConflict(() => transaction(rows)).catch((error: unknown) => {
      if (error instanceof DryRun) return withoutNewIds(error.rows)
      throw error
    })
  const results = await isolateFailures(batch.rows, run, (row, error) => failed(ctx, system, row, error))
  return resultOf(results.map((result, index) => ({ ...result, index })))
}

/** A row that cannot be stored. Where the reason is none that we tell, the log has it under the reference that the row is told. */
const failed = (
  ctx: Context,
  system: string,
  { externalId }: { externalId: string },
  error: unknown,
): ImportRowResult => {
  const rejection = { ...rejected, index: 0, externalId, warnings: [] }
  const known = expectedError(error)
  if (known && known.code !== 'INTERNAL') {
    return { ...rejection, faults: [{ path: '', reason: known.reason ?? known.code, message: known.message }] }
  }
  const reference = randomUUID()
  ctx.log.error({ err: error, system, reference }, 'a row of an import cannot be stored')
  const message = `cannot be stored for a reason on our side, which is in the log under ${reference}`
  return { ...rejection, faults: [{ path: '', reason: 'row.failed', message }] }
}

/** What a dry run makes is gone, also for a later row of the same batch that would have changed it. */
const withoutNewIds = (rows: readonly ImportRowResult[]): ImportRowResult[] => {
  const made = new Set(rows.filter(({ outcome }) => outcome === ImportOutcome.CREATED).map(({ id }) => id))
  return rows.map((row) => (made.has(row.id) ? { ...row, id: null } : row))
}

const checkBatch = ({ system, rows }: Batch<unknown>): string => {
  const issues = validationIssues()
  const checked = checkSystem(issues, 'system', system)
  checkList(issues, 'rows', rows, limits.importRows)
  issues.refuse()
  return checked
}
