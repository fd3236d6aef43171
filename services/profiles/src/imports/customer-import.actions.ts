import { type Context, validationIssues } from '@clientele/kit'
import { checkExternalId } from '../customers/origin.js'
import { knownOwners } from '../owners/owners.js'
import { applyCustomerRow, openCustomerBatch, saveCustomerBatch } from './customer-batch.js'
import type { ImportCustomersInput } from './import.input.js'
import { importPolicy } from './import.policy.js'
import { type ImportResult, rejected, rowResult } from './import-result.js'
import { runImport } from './import-run.js'
import { createAcceptedRows } from './repeated-rows.js'

/** Creates and updates customers by their origin; a row with faults is rejected and stops no other. */
export const importCustomers = async (ctx: Context, input: ImportCustomersInput): Promise<ImportResult> => {
  const staff = await knownOwners(
    ctx,
    importPolicy.customers,
    input.rows.map(({ ownerId }) => ownerId),
  )
  const accepted = createAcceptedRows()
  return runImport(ctx, 'customers', input, async (tx, system, rows) => {
    const batch = await openCustomerBatch(tx, system, rows, {
      rule: importPolicy.customers,
      lock: true,
      dryRun: input.dryRun,
      staff,
    })
    const results = rows.map((row, index) => {
      const issues = validationIssues('', { lenient: true })
      const externalId = checkExternalId(issues, 'externalId', row.externalId)
      accepted.check(issues, externalId, row)
      const outcome = issues.found.length ? rejected : applyCustomerRow(tx, batch, externalId, row, issues)
      if (outcome !== rejected) accepted.accept(externalId, row)
      return rowResult(index, row.externalId, outcome, issues)
    })
    await saveCustomerBatch(tx, batch)
    return results
  })
}
