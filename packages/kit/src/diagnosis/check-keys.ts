import type pg from 'pg'
import { checkMasterKeys } from '../encryption/check-master-keys.js'
import { readWaiting } from '../metrics/service-state.js'
import { type Report, saidBy } from './finding.js'
import type { KnownSurroundings } from './known-surroundings.js'

const year = 365

/** Whether the master key opens what is stored, what stands under an older one, and how old tenants' keys are. */
export const checkKeys = async (report: Report, client: pg.Client, { service, masterKeys }: KnownSurroundings) => {
  if (!masterKeys) return
  let current: string
  try {
    current = await checkMasterKeys(service.name, client, masterKeys)
  } catch (error) {
    return report.fault('keys', saidBy(error), 'docs/runbooks/rotate-keys.md; docs/runbooks/serve.md, step 2.')
  }
  const { rows: there } = await client.query(
    `select to_regclass('public.tenant_key') is not null and to_regclass('public.parked_event') is not null as "isThere"`,
  )
  if (!there[0].isThere) return report.ok('keys', 'there is a master key, and nothing stands under it yet')
  const { rows } = await client.query<{ all: number; older: number }>(
    `select count(*)::int as all, count(*) filter (where master_key_id <> $1)::int as older
     from (select master_key_id from tenant_key union all select master_key_id from tenant_secret) as wrapped`,
    [current],
  )
  const { all, older } = rows[0]!
  const { keyAge } = await readWaiting(client)
  const days = Math.floor(keyAge / 86_400)
  if (older) {
    const remedy = 'Run clientele keys rotate; until then keep the older master key.'
    report.warning('keys', `${older} of ${all} keys stand under an older master key`, remedy)
  } else if (days > year) {
    const remedy = 'Run clientele keys rotate --all-tenants (docs/runbooks/rotate-keys.md).'
    report.warning('keys', `a tenant has had the same key for ${days} days`, remedy)
  } else
    report.ok('keys', `the master key opens all ${all} keys, the oldest newest one of a tenant is ${days} days old`)
}
