import { auditRole } from '@clientele/contracts'
import { extendSchema, type GraphQLSchema, parse } from 'graphql'
import { Forbidden, Unavailable } from '../errors/errors.js'
import type { Context } from '../service/context.js'
import { type AuditEntry, type AuditFilter, type AuditPlace, countAuditLog, readAuditLog } from './audit-log.js'

// Points in time are texts here: this is between services of one release.
const typeDefs = parse(`
  input _AuditFilter {
    subject: String onBehalfOf: String action: String entityType: String entityId: ID dataSubjectId: ID field: String outcome: String
    from: String until: String
  }
  input _AuditPlace { at: String! id: ID! }
  type _AuditEntry {
    id: ID! at: String! outcome: String! subject: String! client: String roles: [String!]! action: String!
    entityType: String entityId: ID entityVersion: Int dataSubjectId: ID fields: [String!]! reason: String purpose: String
    address: String requestId: String! traceparent: String changeOrigin: String causationId: ID onBehalfOf: String onBehalfKind: String onBehalfId: ID number: String
  }
  extend type Query {
    _auditLog(filter: _AuditFilter!, first: Int!, after: _AuditPlace): [_AuditEntry!]!
    _auditCount(filter: _AuditFilter!): Int!
  }
`)

const pageQuery = `query ($filter: _AuditFilter!, $first: Int!, $after: _AuditPlace) {
  answer: _auditLog(filter: $filter, first: $first, after: $after) {
    id at outcome subject client roles action entityType entityId entityVersion dataSubjectId fields reason purpose address
    requestId traceparent changeOrigin causationId onBehalfOf onBehalfKind onBehalfId number
  }
}`
const countQuery = 'query ($filter: _AuditFilter!) { answer: _auditCount(filter: $filter) }'

interface PartRequest {
  filter: AuditFilter
  first: number
  after?: AuditPlace | null
}

/** A service's own part of the audit log, for other services alone: the supergraph does not know of it, so no client can ask for it. */
export const withAuditLog = (schema: GraphQLSchema): GraphQLSchema => {
  const extended = extendSchema(schema, typeDefs)
  const { _auditLog: log, _auditCount: count } = extended.getQueryType()?.getFields() ?? {}
  if (!log || !count) throw new Error('A service without a query has no place for its audit log.')
  log.resolve = async (_, { filter, first, after }, ctx: Context) => {
    allowServices(ctx)
    const entries = await readAuditLog(ctx.em, revived(filter), { first, after: after && placeOf(after) })
    return entries.map((entry) => ({ ...entry, at: entry.at.toISOString() }))
  }
  count.resolve = (_, { filter }, ctx: Context) => {
    allowServices(ctx)
    return countAuditLog(ctx.em, revived(filter))
  }
  return extended
}

/** Asks another service for its part. Throws UNAVAILABLE, naming the service, when it cannot be asked: never is only a part of the log answered. */
export const askAuditLog = async (ctx: Pick<Context, 'ask'>, service: string, request: PartRequest) => {
  const entries = await asked<AuditEntry[]>(ctx, service, pageQuery, { ...request })
  return entries.map((entry): AuditEntry => ({ ...entry, service, at: new Date(entry.at) }))
}

/** How many entries of another service fit. Throws as `askAuditLog` does. */
export const askAuditCount = (ctx: Pick<Context, 'ask'>, service: string, filter: AuditFilter) =>
  asked<number>(ctx, service, countQuery, { filter })

const asked = async <T>(ctx: Pick<Context, 'ask'>, service: string, query: string, variables: object): Promise<T> => {
  try {
    // In process nothing else makes texts of the points in time.
    const sent = JSON.parse(JSON.stringify(variables)) as Record<string, unknown>
    return (await ctx.ask<{ answer: T }>(service, query, sent)).answer
  } catch (cause) {
    throw new Unavailable(
      `The audit log of the ${service} service cannot be read now, and a part of it is not shown.`,
      {
        reason: `audit.${service}`,
        params: { service },
        cause,
      },
    )
  }
}

const allowServices = ({ actor }: Context) => {
  if (actor.roles.includes(auditRole)) return
  throw new Forbidden('A part of the audit log is for the service that puts them together; ask for auditLog.', {
    reason: 'role',
    params: { roles: [auditRole] },
  })
}

const revived = ({ from, until, ...filter }: AuditFilter): AuditFilter => ({
  ...filter,
  from: from ? new Date(from) : null,
  until: until ? new Date(until) : null,
})

const placeOf = ({ at, id }: AuditPlace): AuditPlace => ({ at: new Date(at), id })
