import { catalogue } from '@clientele/contracts'
import { UsageError } from '../command.js'

/**
 * The one NATS subject filter for a type pattern and a tenant. A pattern is the beginning of an event type, `*` standing
 * for any one part; `clientele.` may be left out: `profiles`, `profiles.customer.*`, `*.complaint.closed.v1`.
 * Throws UsageError for a pattern that no event has, and for a tenant that is no slug.
 */
export const eventFilter = (pattern = '*', tenant = '*'): string => {
  const parts = pattern.replace(/^clientele\./, '').split('.')
  const fits = (type: string) => {
    const own = type.split('.').slice(1)
    return parts.length <= own.length && parts.every((part, at) => part === '*' || part === own[at])
  }
  if (!catalogue.some(({ type }) => fits(type))) {
    const concepts = [...new Set(catalogue.map(({ service, concept }) => `${service}.${concept}`))]
    throw new UsageError(`There is no event of the type "${pattern}". There are events of ${concepts.join(', ')}.`)
  }
  if (!/^(\*|[a-z0-9-]{1,63})$/.test(tenant)) throw new UsageError(`"${tenant}" is no tenant.`)
  const [service = '*', concept = '*', verb = '*', version = '*'] = parts
  return ['clientele.evt', tenant, service, concept, verb, version, '*'].join('.')
}
