import { createHmac } from 'node:crypto'
import { limits, normalizeLine, normalizeText } from '@clientele/contracts'
import type { EntityManager } from '@mikro-orm/postgresql'
import { Conflict } from '../errors/errors.js'
import { checkRequiredText } from '../input/check-text.js'
import { validationIssues } from '../input/validation-issues.js'

/**
 * One use of an idempotency key: for 24 hours the same request of the same actor with the same key makes nothing more and answers
 * with the entity that the first one made, as that entity is now; NOT_FOUND where it is gone. A request that failed leaves its key free.
 * Requests whose texts have one normalised form are the same.
 */
export interface Idempotency {
  key: string | null | undefined
  operation: string
  input: object
  /** The actor acts by a token of the service's own and has no role whose access scope could limit what is answered again. */
  withoutRole?: true
}

type Claim = { replay: false } | { replay: true; entity: string; id: string }

/**
 * Takes the key for this transaction; a concurrent holder of the same key is waited for by the database's unique index. What is stored of
 * the input is a hash under the tenant's `secret`: nobody can try out in the table what somebody has written.
 */
export const claimKey = async (
  em: EntityManager,
  subject: string,
  use: Idempotency,
  secret: Buffer,
): Promise<Claim> => {
  const issues = validationIssues()
  const key = checkRequiredText(issues, 'idempotencyKey', use.key, limits.idempotencyKey)
  issues.refuse()
  const hash = createHmac('sha256', secret).update(canonical(use.input)).digest('hex')
  const inserted = await em.execute(
    `insert into idempotency_key (key, subject, operation, request_hash) values (?, ?, ?, ?) on conflict do nothing returning key`,
    [key, subject, use.operation, hash],
  )
  if (inserted.length) return { replay: false }
  const [known] = await em.execute<{ operation: string; request_hash: string; entity: string; entity_id: string }[]>(
    'select operation, request_hash, entity, entity_id from idempotency_key where subject = ? and key = ?',
    [subject, key],
  )
  if (known?.operation !== use.operation || known.request_hash !== hash) {
    throw new Conflict('This idempotency key was used for another request.', { reason: 'idempotency.key_reused' })
  }
  return { replay: true, entity: known.entity, id: known.entity_id }
}

/** Remembers what the request made, so that a repetition can answer with it. */
export const settleKey = (em: EntityManager, subject: string, key: string, entity: string, id: string) =>
  em.execute('update idempotency_key set entity = ?, entity_id = ? where subject = ? and key = ?', [
    entity,
    id,
    subject,
    normalizeLine(key),
  ])

// Without the key itself, which may be written in several ways, and so may every text.
const canonical = (input: object) =>
  JSON.stringify({ ...input, idempotencyKey: undefined }, (_, value) => {
    if (typeof value === 'string') return normalizeText(value).split('\n').map(normalizeLine).join('\n')
    return value && typeof value === 'object' && !Array.isArray(value) && !(value instanceof Date)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  })
