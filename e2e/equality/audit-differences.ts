import type { TestPlatform } from '@clientele/testkit'
import { askedOfBoth, type Stack } from './stacks.js'

/** What only one stack wrote to the audit log about a request that both were asked: who was shown or refused something. Whoever is seen for the first time is recorded once, by either. */
export const auditDifferences = async ({ services }: TestPlatform) => {
  const [ours, plain]: Stack[] = ['ours', 'plain']
  const found: unknown[] = []
  let entries = 0
  for (const { name, database } of services.values()) {
    const { rows } = await database.system.query(
      `select request_id, outcome, action, entity_type, entity_id, fields, reason,
         count(*) filter (where purpose = $1) as ours, count(*) filter (where purpose = $2) as plain
       from audit_entry where request_id like $3 || '%' and action <> 'staff.recorded'
       group by tenant, subject, request_id, outcome, action, entity_type, entity_id, fields, reason`,
      [ours, plain, askedOfBoth],
    )
    entries += rows.length
    found.push(...rows.filter((row) => row.ours !== row.plain).map((row) => ({ service: name, ...row })))
  }
  return { entries, found }
}
