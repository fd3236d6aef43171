import type { EntityManager } from '@mikro-orm/postgresql'
import { isId } from '../input/id.js'
import type { Ordering } from '../lists/cursor.js'

/** How something went. */
export enum AuditOutcome {
  DONE = 'DONE',
  DENIED = 'DENIED',
  SHOWN = 'SHOWN',
}

/** An entry of the audit log as it is read; `number` is its place in the tenant's chain, null until it is sealed. */
export interface AuditEntry {
  id: string
  service: string
  at: Date
  outcome: AuditOutcome
  subject: string
  client: string | null
  roles: string[]
  action: string
  entityType: string | null
  entityId: string | null
  entityVersion: number | null
  dataSubjectId: string | null
  fields: string[]
  reason: string | null
  purpose: string | null
  address: string | null
  requestId: string
  traceparent: string | null
  changeOrigin: string | null
  causationId: string | null
  /** The subject of whom a service acted for; with it what made it do so, and its id. */
  onBehalfOf: string | null
  onBehalfKind: string | null
  onBehalfId: string | null
  number: string | null
}

/** Which entries: all that is given must fit. `from` is included, `until` is not. */
export interface AuditFilter {
  subject?: string | null
  onBehalfOf?: string | null
  action?: string | null
  entityType?: string | null
  entityId?: string | null
  dataSubjectId?: string | null
  field?: string | null
  outcome?: AuditOutcome | null
  from?: Date | null
  until?: Date | null
}

/** Behind which entry a page goes on. */
export interface AuditPlace {
  at: Date
  id: string
}

/** Newest first. */
export const auditOrder: Ordering = {
  list: 'AuditEntry',
  orderBy: [
    ['at', 'desc'],
    ['id', 'desc'],
  ],
}

const conditions: Record<keyof AuditFilter, string> = {
  subject: 'subject = ?',
  onBehalfOf: 'on_behalf_of = ?',
  action: 'action = ?',
  entityType: 'entity_type = ?',
  entityId: 'entity_id = ?::uuid',
  dataSubjectId: 'data_subject_id = ?::uuid',
  field: '? = any(fields)',
  outcome: 'outcome = ?',
  from: 'at >= ?::timestamptz',
  until: 'at < ?::timestamptz',
}

/** Entries of the tenant of `em` that fit, newest first. */
export const readAuditLog = async (
  em: EntityManager,
  filter: AuditFilter,
  page: { first: number; after?: AuditPlace | null },
): Promise<Omit<AuditEntry, 'service'>[]> => {
  const { sql, params } = whereOf(filter)
  const behind = page.after ? ' and (at, id) < (?::timestamptz, ?::uuid)' : ''
  const rows = await em.execute<(Omit<AuditEntry, 'service' | 'at'> & { at: number })[]>(
    `select id, (extract(epoch from at) * 1000)::float8 as at, outcome, subject, client, roles, action, entity_type as "entityType", entity_id as "entityId",
       entity_version as "entityVersion", data_subject_id as "dataSubjectId", fields, reason, purpose, address::text as address,
       request_id as "requestId", traceparent, change_origin as "changeOrigin", causation_id as "causationId",
       on_behalf_of as "onBehalfOf", on_behalf_kind as "onBehalfKind", on_behalf_id as "onBehalfId", number::text
     from audit_entry where ${sql}${behind} order by audit_entry.at desc, id desc limit ?`,
    [...params, ...(page.after ? [page.after.at.toISOString(), page.after.id] : []), page.first],
  )
  return rows.map((row) => ({ ...row, at: new Date(row.at) }))
}

/** How many entries of the tenant of `em` fit. */
export const countAuditLog = async (em: EntityManager, filter: AuditFilter): Promise<number> => {
  const { sql, params } = whereOf(filter)
  const rows = await em.execute<{ total: number }[]>(
    `select count(*)::int as total from audit_entry where ${sql}`,
    params,
  )
  return rows[0]?.total ?? 0
}

const whereOf = (filter: AuditFilter) => {
  const given = (Object.keys(conditions) as (keyof AuditFilter)[]).filter((name) => filter[name] != null)
  // What cannot be an id is nobody's.
  const isPossible = [filter.entityId, filter.dataSubjectId].every((id) => id == null || isId(id))
  return {
    sql: ['true', ...(isPossible ? given.map((name) => conditions[name]) : ['false'])].join(' and '),
    params: isPossible ? given.map((name) => textOf(filter[name] as string | Date)) : [],
  }
}

const textOf = (value: string | Date) =>
  value instanceof Date ? value.toISOString() : value.replaceAll('\0', '\ufffd')
