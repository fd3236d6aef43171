import { createHmac, randomBytes } from 'node:crypto'
import type { Transaction } from '@clientele/kit'
import { v7 as uuidv7 } from 'uuid'

const prefix = 'whsec_'
const day = 24 * 60 * 60 * 1000

/** How long a replaced secret still signs beside its successor. */
export const overlapMs = day

/** A new signing secret: 32 random bytes. */
export const newSecret = () => `${prefix}${randomBytes(32).toString('base64')}`

/**
 * The value of `webhook-signature` (Standard Webhooks 1.0): one `v1` signature per secret, separated by blanks.
 * `timestamp` is in whole seconds since 1970.
 */
export const signaturesOf = (secrets: readonly string[], id: string, timestamp: number, body: string) =>
  secrets
    .map((secret) => createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64')))
    .map((hmac) => `v1,${hmac.update(`${id}.${timestamp}.${body}`).digest('base64')}`)
    .join(' ')

/** What a secret is called where it is sealed, under the key of its endpoint. */
export const sealedSecret = (id: string) => `webhook_secret.${id}`

/** Makes `secret` the endpoint's current one; the one before it expires after a day, those before that at once. */
export const storeSecret = async (tx: Transaction, endpointId: string, secret: string) => {
  const now = tx.now()
  const ended = await tx.em.execute<{ id: string }[]>(
    'delete from webhook_secret where endpoint_id = ? and expires_at is not null returning id',
    [endpointId],
  )
  await tx.em.execute('update webhook_secret set expires_at = ? where endpoint_id = ? and expires_at is null', [
    new Date(now.getTime() + overlapMs),
    endpointId,
  ])
  const id = uuidv7()
  await tx.em.execute('insert into webhook_secret (id, endpoint_id, created_at) values (?, ?, ?)', [
    id,
    endpointId,
    now,
  ])
  await tx.keys.keep([
    ...ended.map((old) => ({ owner: endpointId, field: sealedSecret(old.id), text: null })),
    { owner: endpointId, field: sealedSecret(id), text: secret },
  ])
}
