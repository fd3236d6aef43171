import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { type MasterKeys, openAllValues } from '@clientele/kit'
import type pg from 'pg'

/** The sensitive values of a tenant in clear, service by service; null for one that is damaged. */
export const revealedValues =
  (tenant: string, masterKeys: MasterKeys) =>
  (service: string, client: pg.Client): AsyncIterable<{ text: string | null }> =>
    openAllValues({ service, tenant, masterKeys, client })

/** Who runs the command, as the machine knows them: no token says it. */
const operator = () => `operator:${userInfo().username}`

/** Leaves an entry in the audit log of a service, before the first value is opened: which fields are about to be shown, and to whom. */
export const auditRevealed = async (client: pg.Client, tenant: string): Promise<void> => {
  await client.query(
    `insert into audit_entry (tenant, at, id, outcome, subject, client, roles, action, fields, request_id)
     select $1, now(), gen_random_uuid(), 'SHOWN', $2, 'clientele', '{}', 'tenant.export', array_agg(distinct field order by field), $3
     from sealed_value where tenant = $1 having count(*) > 0`,
    [tenant, operator(), randomUUID()],
  )
}
