import type { Service } from '@clientele/kit'

/** The policy tables of all services as JSON, by which profiles tells each viewer what they may do anywhere. */
export const policyTables = (services: readonly Service[]): string => {
  const tables = services.flatMap(({ name: service, policies = [] }) =>
    policies.map(({ concept, table }) => ({ service, concept, table })),
  )
  return `${JSON.stringify(tables, null, 1)}\n`
}
