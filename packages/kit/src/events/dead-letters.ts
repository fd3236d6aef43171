import { ContractError } from '@clientele/contracts'
import type pg from 'pg'
import { v5 as uuidv5, v7 as uuidv7 } from 'uuid'
import { type ErrorCause, toldCauses } from '../errors/causes.js'
import { ClienteleError } from '../errors/errors.js'
import { unknownEntity } from '../errors/unknown-entity.js'
import { isId } from '../input/id.js'
import { type Consumer, readEvent } from './consumer.js'
import { applyOnce, type Inbox } from './inbox.js'

/** An event that a consumer gave up on; `event` is the whole CloudEvent, which carries no personal data. */
export interface DeadLetter {
  id: string
  tenant: string
  consumer: string
  eventId: string
  type: string
  event: string
  attempts: number
  code: string
  reason: string
  /** What failed and what caused it, outermost first, without the values that messages quote. */
  causes: readonly ErrorCause[]
  failedAt: Date
  replayedAt: Date | null
}

const columns = `id, tenant, consumer, event_id as "eventId", type, event, attempts, code, reason, causes,
  failed_at as "failedAt", replayed_at as "replayedAt"`

export const writeDeadLetter = async (
  system: pg.Pool,
  letter: { consumer: string; tenant: string; event: string; attempts: number; error: unknown },
) => {
  const { id, type } = identityOf(letter.event)
  const { code, reason } = describe(letter.error)
  await system.query(
    `insert into dead_letter (tenant, id, consumer, event_id, type, event, attempts, code, reason, causes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (tenant, consumer, event_id) do update
       set attempts = dead_letter.attempts + excluded.attempts, code = excluded.code, reason = excluded.reason,
           causes = excluded.causes, failed_at = now(), replayed_at = null`,
    [
      letter.tenant,
      uuidv7(),
      letter.consumer,
      id,
      type,
      storable(letter.event),
      letter.attempts,
      code,
      storable(reason),
      JSON.stringify(toldCauses(letter.error)).replaceAll('\\u0000', '\\ufffd'),
    ],
  )
}

/** Dead letters of a service, newest first; those already replayed are left out. */
export const listDeadLetters = async (system: pg.Pool, o: { tenant?: string; limit?: number } = {}) => {
  const { rows } = await system.query<DeadLetter>(
    `select ${columns} from dead_letter where replayed_at is null and ($1::text is null or tenant = $1)
     order by failed_at desc limit $2`,
    [o.tenant ?? null, o.limit ?? 100],
  )
  return rows
}

/** Hands a dead letter to its consumer once more; it stays dead, with the new reason, when that fails again. */
export const replayDeadLetter = async (
  inbox: Inbox,
  consumers: readonly Consumer[],
  id: string,
): Promise<DeadLetter> => {
  const { rows } = await inbox.system.query<DeadLetter>(`select ${columns} from dead_letter where id::text = $1`, [id])
  const letter = rows[0]
  const consumer = consumers.find(({ name }) => name === letter?.consumer)
  if (!letter || !consumer) throw unknownEntity('dead letter')
  try {
    await applyOnce(inbox, consumer, letter.tenant, [readEvent(consumer, letter.tenant, letter.event)])
  } catch (error) {
    await writeDeadLetter(inbox.system, { ...letter, attempts: 1, error })
    throw error
  }
  await inbox.system.query('update dead_letter set replayed_at = now() where id = $1', [id])
  return { ...letter, replayedAt: new Date() }
}

// What is no event at all is known by its text.
const identityOf = (text: string) => {
  const unknown = { id: uuidv5(text, uuidv5.URL), type: 'unknown' }
  try {
    const { id, type } = JSON.parse(text) as { id: unknown; type: unknown }
    return { id: isId(id) ? id : unknown.id, type: typeof type === 'string' ? storable(type) : unknown.type }
  } catch {
    return unknown
  }
}

const storable = (text: string) => text.replaceAll('\0', '\ufffd')

const describe = (error: unknown) => {
  if (error instanceof ClienteleError) return { code: error.code, reason: error.reason ?? error.message }
  if (error instanceof ContractError) return { code: 'INVALID', reason: error.code }
  return { code: 'INTERNAL', reason: error instanceof Error ? error.name : 'unknown' }
}
