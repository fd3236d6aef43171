import type { Stacks } from './stacks.js'

/** What a tenant has: ids by the name of their type, other values by the name of the field; `origins` are pairs of `system` and `externalId`. */
export type Known = Record<string, unknown[]>

const EVERYTHING = `{
  customers(first: 100) { nodes { __typename id number origin { system externalId }
    purchases(first: 3) { nodes { __typename id } } contacts(first: 3) { nodes { __typename id } }
    externalRefs { __typename id system externalId } } }
  visits(first: 60) { nodes { __typename id version } }
  complaints(first: 60) { nodes { __typename id version number } }
  webhookEndpoints { nodes { __typename id deliveries(first: 5) { nodes { __typename id } } } }
  segments(first: 20) { nodes { __typename id key } }
  automations(first: 20) { nodes { __typename id } }
  bulkChanges(first: 20) { nodes { __typename id } }
  workReassignments(first: 20) { nodes { __typename id } }
  surveys(first: 20) { nodes { __typename id key } }
  surveyResponses(first: 40) { nodes { __typename id } }
  surveyInvitations(first: 40) { nodes { __typename id } }
}`

/** What an admin finds in the tenant. */
export const knownOf = async ({ ask }: Stacks, tenant: string): Promise<Known> => {
  const { body } = await ask('plain', { roles: ['admin'], tenant }, { query: EVERYTHING, variables: {} })
  if (body.errors) throw new Error(JSON.stringify(body.errors))
  const known: Known = {}
  collect(body.data, known)
  return known
}

/** Adds the ids and keys that an answer tells of. */
export const collect = (node: unknown, known: Known): void => {
  if (Array.isArray(node)) {
    for (const each of node) collect(each, known)
    return
  }
  if (!node || typeof node !== 'object') return
  const { __typename: type, id, system, externalId } = node as Record<string, string | undefined>
  if (type && id) add(known, type, id)
  if (system && externalId) add(known, 'origins', { system, externalId })
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string' && ['number', 'key', 'token'].includes(key)) add(known, key, value)
    else collect(value, known)
  }
}

const add = (known: Known, name: string, value: unknown) => {
  known[name] ??= []
  if (!known[name].includes(value)) known[name].push(value)
}
