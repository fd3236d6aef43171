import type { Random } from '@clientele/query-compiler/equality'
import {
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isInputObjectType,
  isObjectType,
} from 'graphql'
import { actors, tenants } from './actors.js'
import { differences } from './differences.js'
import type { Known } from './known.js'
import type { Stacks } from './stacks.js'

/** What can be said of a key without a condition. */
const absences = ['null', '{}', '{ eq: null }']
/** The least that can be asked of a list. */
const selections = [
  '__typename',
  'pageInfo { hasNextPage }',
  'pageInfo { __typename }',
  'totalCount',
  'edges { __typename }',
]

/**
 * Names keys of every filter without a condition, `perList` of them for every actor, below a small selection, in both stacks: whoever may not see
 * what a key speaks of is refused, whatever they say of it and whatever they ask for. Resolves with what differs.
 */
export const nameFilterKeys = async (
  stacks: Stacks,
  known: Record<string, Known>,
  { random, perList }: { random: Random; perList: number },
) => {
  const [tenant] = tenants
  const faults: unknown[] = []
  let [requests, refused] = [0, 0]
  for (const { name, named, query, id } of filteredLists(stacks.schema)) {
    for (const actor of actors[tenant]) {
      const some = named.length <= perList ? named : Array.from({ length: perList }, () => random.one(named))
      for (const filter of some) {
        const selection = random.one(selections)
        const operation = { query: query(filter, selection), variables: id ? { id: known[tenant]![id]?.[0] } : {} }
        const { plain, ours } = await stacks.askBoth(actor, operation)
        requests++
        if (plain.body.errors?.[0]?.extensions?.reason === 'field.hidden') refused++
        // Whoever asks for the audit log adds to it, and not in both stacks at one moment.
        const differ = name === 'Query.auditLog' && plain.body.data && ours.body.data ? [] : differences(plain, ours)
        if (differ.length) faults.push({ name, actor, filter, selection, differ: differ.slice(0, 2) })
      }
    }
  }
  return { requests, refused, faults }
}

interface FilteredList {
  name: string
  /** Every key of the filter, in every way to say nothing of it. */
  named: readonly string[]
  /** The type by whose id the list is found; undefined for one of the root. */
  id?: string
  query(filter: string, selection: string): string
}

const filteredLists = (schema: GraphQLSchema): FilteredList[] =>
  Object.values(schema.getTypeMap()).flatMap((type) => {
    if (!isObjectType(type) || type.name.startsWith('__')) return []
    return Object.values(type.getFields()).flatMap((field): FilteredList[] => {
      const filter = getNamedType(field.args.find(({ name }) => name === 'filter')?.type)
      if (!isInputObjectType(filter) || !field.args.some(({ name }) => name === 'after')) return []
      const keys = Object.keys(filter.getFields()).filter((key) => !['and', 'or', 'not'].includes(key))
      const named = keys.flatMap((key) => [
        ...new Set(absences.map((absent) => `${key}: ${absentOf(filter, key, absent)}`)),
      ])
      const name = `${type.name}.${field.name}`
      const list = (filter: string, selection: string) =>
        `list: ${field.name}(first: 1, filter: { ${filter} }) { ${selection} }`
      if (type === schema.getQueryType()) return [{ name, named, query: (...given) => `{ ${list(...given)} }` }]
      const byId = entityById(schema, type)
      return [
        {
          name,
          named,
          id: type.name,
          query: (...given) => `query ($id: ID!) { of: ${byId}(id: $id) { ${list(...given)} } }`,
        },
      ]
    })
  })

/** Only an object can be without a condition in all the ways. */
const absentOf = (filter: GraphQLInputObjectType, key: string, absent: string): string => {
  const type = getNamedType(filter.getFields()[key]!.type)
  return isInputObjectType(type) && (absent !== '{ eq: null }' || type.getFields().eq) ? absent : 'null'
}

const entityById = (schema: GraphQLSchema, type: GraphQLObjectType): string => {
  const found = Object.values(schema.getQueryType()!.getFields()).find(
    ({ args, type: of }) => getNamedType(of) === type && args.length === 1 && args[0]!.name === 'id',
  )
  if (!found) throw new Error(`${type.name} is not found by id`)
  return found.name
}
