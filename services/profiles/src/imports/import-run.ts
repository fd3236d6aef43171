import { randomUUID } from 'node:crypto'
import { limits } from '@clientele/contracts'
import {
  type Context,
  checkList,
  type ErrorCode,
  expectedError,
  isolateFailures,
  retryOnConflict,
  type Transaction,
  validationIssues,
} from '@clientele/kit'
import { checkSystem } from '../customers/origin.js'
import { type Imported, importedRows } from './import.measures.js'
import { ImportOutcome, type ImportResult, type ImportRowResult, rejected, resultOf } from './import-result.js'

interface Batch<Row> {
  system: string
  dryRun: boolean
  rows: readonly Row[]
}

/**
 * Runs a batch in one transaction, after other batches of the same system; a dry run is undone at the end. Where a row makes the
 * transaction fail, whatever the reason, the rows before and behind it get transactions of their own, and it is rejected alone.
 */
export const runImport = async <Row extends { externalId: string }>(
  ctx: Context,
  what: Imported,
  batch: Batch<Row>,
  work: (tx: Transaction, system: string, rows: readonly Row[]) => Promise<ImportRowResult[]>,
): Promise<ImportResult> => {
  const system = checkBatch(batch)
  const transaction = (rows: readonly Row[]) =>
    ctx.transaction(
      async (tx) => {
        await tx.em.execute(
          `select pg_advisory_xact_lock(hashtextextended('import ' || current_tenant() || ' ' || ?, 0))`,
          [system],
        )
        return work(tx, system, rows)
      },
      batch.dryRun ? { dryRun: true } : undefined,
    )
  const run = async (rows: readonly Row[]) => {
    const results = await retryOnConflict(() => transaction(rows))
    return batch.dryRun ? withoutNewIds(results) : results
  }
  const done = new Map<Row, ImportRowResult | undefined>()
  const runAndKeep = async (rows: readonly Row[]) => {
    const results = await run(rows)
    rows.forEach((row, at) => {
      done.set(row, results[at])
    })
  }
  const failed = await isolateFailures(batch.rows, runAndKeep, {
    mayBeItem: mayBeRow,
    mostFailures: limits.importRows.most,
  })
  const resultOfRow = (row: Row) => done.get(row) ?? rejectionOf(ctx, system, row, failed.get(row))
  const result = resultOf(batch.rows.map((row, index) => ({ ...resultOfRow(row), index })))
  if (!batch.dryRun) countRows(ctx, what, result)
  return result
}

const countRows = (ctx: Context, what: Imported, result: ImportResult) => {
  for (const outcome of ['created', 'updated', 'unchanged', 'rejected'] as const) {
    ctx.count(importedRows, { what, outcome }, result[outcome])
  }
}

const codesOfRows: readonly ErrorCode[] = ['INVALID', 'CONFLICT', 'NOT_FOUND', 'INTERNAL']

/** A request must answer soon: unlike a job it does not go on after a time-out. */
const mayBeRow = (error: unknown) => {
  const expected = expectedError(error)
  return !expected || codesOfRows.includes(expected.code)
}

/** A row that cannot be stored. Where the reason is none that we tell, the log has it under the reference that the row is told. */
const rejectionOf = (
  ctx: Context,
  system: string,
  { externalId }: { externalId: string },
  error: unknown,
): ImportRowResult => {
  const rejection = { ...rejected, index: 0, externalId, warnings: [] }
  const known = expectedError(error)
  if (known && known.code !== 'INTERNAL') {
    const { code, reason = code, message, params } = known
    return { ...rejection, faults: [{ path: '', reason, message, params }] }
  }
  const reference = randomUUID()
  ctx.log.error({ err: error, system, reference }, 'a row of an import cannot be stored')
  const message = `cannot be stored for a reason on our side, which is in the log under ${reference}`
  return { ...rejection, faults: [{ path: '', reason: 'row.failed', message, params: { reference } }] }
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
