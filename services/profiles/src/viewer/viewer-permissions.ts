import { readFile } from 'node:fs/promises'
import {
  type Actor,
  accessScopeOf,
  isWriteOnlyFor,
  type Policy,
  type PolicyIndex,
  type PolicyTable,
  policyIndex,
} from '@clientele/kit'
import type { Permission, TypeVisibility } from './viewer.js'

/** Written by `npm run generate` from the policies of all services; beside `migrations`, for sources and what is built of them. */
const file = new URL('../../policies.json', import.meta.url)

let indexes: Promise<readonly PolicyIndex[]> | undefined

/** What the policies of each service say, as that service's own guard reads them. */
const policiesOfServices = () => {
  indexes ??= readFile(file, 'utf8').then((text) => {
    const tables = JSON.parse(text) as { service: string; concept: string; table: PolicyTable }[]
    const byService = Map.groupBy(tables, ({ service }) => service)
    return [...byService.values()].map((of) => policyIndex(of as unknown as Policy[]))
  })
  return indexes
}

/** All that an actor may do, by operation. */
export const permissionsOf = async (actor: Actor): Promise<Permission[]> => {
  const permissions = (await policiesOfServices()).flatMap(({ rules }) =>
    [...rules].flatMap(([operation, rule]) => {
      const scope = accessScopeOf(actor, rule)
      return scope ? [{ operation, concept: rule.concept, action: rule.action, scope }] : []
    }),
  )
  return permissions.toSorted((a, b) => (a.operation < b.operation ? -1 : 1))
}

/** What an actor does not see of the types of all services. */
export const visibilityOf = async (actor: Actor): Promise<TypeVisibility[]> => {
  const types = (await policiesOfServices()).flatMap((index) =>
    [...index.classes].map(([type, fields]) => {
      const seen = [...fields].map(([field, { rule }]) => ({
        field,
        visible: index.visibilityOf(actor, type, field),
        isEntered: actor.roles.some((role) => isWriteOnlyFor(role, rule.table, type, field)),
      }))
      const those = (how: (one: (typeof seen)[number]) => boolean) => seen.filter(how).map(({ field }) => field)
      return {
        type,
        hidden: those(({ visible }) => visible === false),
        partlyHidden: those(({ visible }) => typeof visible === 'object'),
        writeOnly: those(({ visible, isEntered }) => visible !== true && isEntered),
      }
    }),
  )
  return types
    .filter(({ hidden, partlyHidden }) => hidden.length + partlyHidden.length > 0)
    .toSorted((a, b) => (a.type < b.type ? -1 : 1))
}
