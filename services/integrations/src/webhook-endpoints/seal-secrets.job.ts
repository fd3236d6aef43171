import type { Job, Transaction } from '@clientele/kit'
import { sealedSecret } from './webhook-secret.js'

interface ClearSecret {
  tenant: string
  id: string
  endpointId: string
  secret: string
}

/** Seals signing secrets that a release before this one stored in the clear. */
export const sealSecrets: Job = {
  name: 'integrations-seal-secrets',
  everyMs: 60_000,
  run: async ({ system, forTenant }) => {
    const { rows } = await system.query<ClearSecret>(
      `select tenant, id, endpoint_id as "endpointId", secret from webhook_secret
       where secret is not null order by tenant, id limit 200`,
    )
    for (const [tenant, secrets] of Map.groupBy(rows, (row) => row.tenant)) {
      await forTenant(tenant).transaction((tx) => seal(tx, secrets))
    }
    return rows.length
  },
}

const seal = async (tx: Transaction, secrets: readonly ClearSecret[]) => {
  // Of those that were removed meanwhile nothing is kept.
  const locked = await tx.em.execute<{ id: string }[]>(
    `select id from webhook_secret where id in (select jsonb_array_elements_text(?::jsonb)::uuid) order by id for update`,
    [JSON.stringify(secrets.map(({ id }) => id))],
  )
  const present = new Set(locked.map(({ id }) => id))
  await tx.keys.keep(
    secrets
      .filter(({ id }) => present.has(id))
      .map(({ id, endpointId, secret }) => ({ owner: endpointId, field: sealedSecret(id), text: secret })),
  )
  await tx.em.execute(
    'update webhook_secret set secret = null where id in (select jsonb_array_elements_text(?::jsonb)::uuid)',
    [JSON.stringify([...present])],
  )
}
