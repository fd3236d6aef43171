import { type Context, Invalid, type Transaction } from '@clientele/kit'
import { checkSystem } from '../customers/origin.js'
import { againstDoubles } from '../validation/doubles.js'
import { findingsAt, refuseFaults } from '../validation/findings.js'
import { ImportOutcome, type ImportResult, type ImportRowResult, resultOf } from './import-result.js'

const mostRows = 200

interface Batch {
  system: string
  dryRun: boolean
  rows: readonly unknown[]
}

/** Carries the result of a dry run out of the transaction that it rolls back. */
class DryRun extends Error {
  constructor(readonly rows: ImportRowResult[]) {
    super('dry run')
  }
}

/** Runs a batch in one transaction, after other batches of the same system; a dry run is rolled back at the end. */
export const runImport = async (
  ctx: Context,
  batch: Batch,
  work: (tx: Transaction, system: string) => Promise<ImportRowResult[]>,
): Promise<ImportResult> => {
  const transaction = () =>
    ctx.transaction(async (tx) => {
      const system = checkBatch(batch)
      await tx.em.execute(
        `select pg_advisory_xact_lock(hashtextextended('import ' || current_tenant() || ' ' || ?, 0))`,
        [system],
      )
      const rows = await work(tx, system)
      if (batch.dryRun) throw new DryRun(rows)
      return rows
    })
  try {
    return resultOf(await againstDoubles(transaction))
  } catch (error) {
    if (error instanceof DryRun) return resultOf(error.rows.map(withoutNewId))
    throw error
  }
}

const withoutNewId = (row: ImportRowResult): ImportRowResult =>
  row.outcome === ImportOutcome.CREATED ? { ...row, id: null } : row

const checkBatch = ({ system, rows }: Batch): string => {
  const findings = findingsAt('input')
  const checked = checkSystem(findings, 'system', system)
  refuseFaults(findings)
  if (rows.length >= 1 && rows.length <= mostRows) return checked
  throw new Invalid(`A batch has 1 to ${mostRows} rows.`, {
    reason: 'import.batch_size',
    fields: [{ path: 'input.rows', reason: 'import.batch_size', message: `must have 1 to ${mostRows} entries` }],
  })
}
