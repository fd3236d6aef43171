import type { EntityManager } from '@mikro-orm/postgresql'
import { v7 as uuidv7 } from 'uuid'
import type { Actor } from '../auth/verify-token.js'
import { isId } from '../input/id.js'
import type { Occurrence } from './audit-trail.js'

/** Who acted, from where and why: what all entries of a transaction share. */
export interface Circumstances {
  actor: Actor
  at: Date
  requestId: string
  traceparent?: string | undefined
  changeOrigin?: string | undefined
  /** What the caller says it is for: the header `x-clientele-purpose`. */
  purpose?: string | undefined
  /** The client's IP address, as the gateway saw it. */
  address?: string | undefined
  /** The event that a consumer reacts to. */
  causationId?: string | undefined
}

const shared =
  'at timestamptz, subject text, client text, roles text[], purpose text, address inet, request_id text, traceparent text, change_origin text, causation_id uuid'
const own =
  'id uuid, outcome text, action text, entity_type text, entity_id uuid, entity_version int, data_subject_id uuid, fields text[], reason text, on_behalf_of text, on_behalf_kind text, on_behalf_id uuid'
const names = (columns: string) => columns.replace(/ [a-z]+(\[\])?(?=,|$)/g, '')

const insert = `insert into audit_entry (${names(shared)}, ${names(own)})
  select * from jsonb_to_record(?::jsonb) as shared (${shared}) cross join jsonb_to_recordset(?::jsonb) as own (${own})`

/** Writes the entries of one transaction, in one statement. Not a word of them is a value of an entity. */
export const writeEntries = async (em: EntityManager, from: Circumstances, occurrences: readonly Occurrence[]) => {
  if (!occurrences.length) return
  const circumstances = {
    at: from.at.toISOString(),
    subject: from.actor.subject,
    client: from.actor.name,
    roles: from.actor.roles,
    purpose: from.purpose,
    address: from.address,
    request_id: from.requestId,
    traceparent: from.traceparent,
    change_origin: from.changeOrigin,
    causation_id: from.causationId,
  }
  await em.execute(insert, [JSON.stringify(circumstances), JSON.stringify(occurrences.map(rowOf))])
}

const rowOf = ({ outcome, action, type, id, version, dataSubjectId, fields, reason, onBehalfOf }: Occurrence) => ({
  id: uuidv7(),
  outcome,
  action,
  entity_type: type,
  // What is no id may be anything that somebody typed.
  entity_id: isId(id) ? id : null,
  entity_version: version,
  data_subject_id: isId(dataSubjectId) ? dataSubjectId : null,
  fields,
  reason,
  on_behalf_of: onBehalfOf?.subject,
  on_behalf_kind: onBehalfOf?.kind,
  on_behalf_id: onBehalfOf?.id,
})
