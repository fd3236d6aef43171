import { catalogue } from '@clientele/contracts'
import {
  type AuditEntry,
  type AuditFilter,
  askAuditCount,
  askAuditLog,
  auditOrder,
  type Context,
  completeOrder,
  countAuditLog,
  decodeCursor,
  Invalid,
  type Page,
  pageOf,
  readAuditLog,
} from '@clientele/kit'

const own = 'profiles'
const services: readonly string[] = [...new Set(catalogue.map(({ service }) => service))].toSorted()

export interface AuditPageRequest {
  filter: AuditFilter & { service?: string | null }
  first: number
  after?: string | null
}

/** A page of the logs of all services, newest first. Throws UNAVAILABLE when one of them cannot be asked: a log with a gap would be no log. */
export const auditPage = async (
  ctx: Context,
  { filter, first, after }: AuditPageRequest,
): Promise<Page<AuditEntry>> => {
  completeOrder({ ...auditOrder, first })
  const { service, ...wanted } = filter
  const asked = servicesAsked(service)
  const page = { filter: wanted, first: first + 1, after: after == null ? null : placeOf(after) }
  const parts = await Promise.all(asked.map((name) => partOf(ctx, name, page)))
  const entries = parts
    .flat()
    .toSorted(newestFirst)
    .slice(0, first + 1)
  const count = async () => {
    const counts = await Promise.all(asked.map((name) => countOf(ctx, name, wanted)))
    return counts.reduce((sum, each) => sum + each, 0)
  }
  return pageOf(entries, { ...auditOrder, first, after: after ?? null }, count)
}

const servicesAsked = (service: string | null | undefined) => {
  if (service == null) return services
  if (services.includes(service)) return [service]
  const message = `one of ${services.join(', ')}`
  throw new Invalid(`There is no service ${JSON.stringify(service)}.`, {
    reason: 'audit.service',
    params: { allowed: services },
    fields: [{ path: 'filter.service', reason: 'audit.service', message, params: { allowed: services } }],
  })
}

const partOf = async (
  ctx: Context,
  service: string,
  page: Parameters<typeof askAuditLog>[2],
): Promise<AuditEntry[]> => {
  if (service !== own) return askAuditLog(ctx, service, page)
  return (await readAuditLog(ctx.em, page.filter, page)).map((entry) => ({ ...entry, service }))
}

const countOf = (ctx: Context, service: string, filter: AuditFilter) =>
  service === own ? countAuditLog(ctx.em, filter) : askAuditCount(ctx, service, filter)

const placeOf = (cursor: string) => {
  const [at, id] = decodeCursor(cursor, auditOrder, ['timestamptz', 'uuid']) as [Date, string]
  return { at, id }
}

const newestFirst = (a: AuditEntry, b: AuditEntry) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)
