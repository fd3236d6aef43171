import type { ApolloServerPlugin } from '@apollo/server'
import { Invalid } from '@clientele/kit'
import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** Names of fields that are parts of keys, by type. */
type Keys = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Refuses an alias that is the name of a key of its type, or `__typename`. Apollo's planner asks for the key under that same name, and what
 * comes is the key where the client asked for another field, without an error (apollographql/federation#3036).
 */
export function refuseKeyAliases<Context extends object>(supergraphSdl: string): ApolloServerPlugin<Context> {
  const keys = keysIn(supergraphSdl)
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document }) => checkAliases(schema, document, keys),
    }),
  }
}

function checkAliases(schema: GraphQLSchema, document: DocumentNode, keys: Keys): void {
  const types = new TypeInfo(schema)
  const possible = (type: GraphQLNamedType) => (isAbstractType(type) ? schema.getPossibleTypes(type) : [])
  visit(
    document,
    visitWithTypeInfo(types, {
      Field({ alias, name }) {
        const parent = types.getParentType()
        if (!parent || !alias || alias.value === name.value) return
        const isKey = (type: GraphQLNamedType) => keys.get(type.name)?.has(alias.value)
        if (alias.value !== '__typename' && ![parent, ...possible(parent)].some(isKey)) return
        const message = `"${alias.value}" is part of a key of ${parent.name}, and cannot be an alias of "${name.value}".`
        throw new Invalid(message, { reason: 'query.alias_is_key', params: { alias: alias.value, type: parent.name } })
      },
    }),
  )
}

function keysIn(supergraphSdl: string): Keys {
  const keys = new Map<string, Set<string>>()
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue
    const names = new Set<string>()
    for (const { name, arguments: given = [] } of definition.directives ?? []) {
      const key = given.find((each) => each.name.value === 'key')?.value
      if (name.value === 'join__type' && key?.kind === Kind.STRING)
        for (const part of partsOf(key.value)) names.add(part)
    }
    if (names.size > 0) keys.set(definition.name.value, names)
  }
  return keys
}

/** The fields of a key's outermost level: `id`, `tenant` and `owner` of `id tenant owner { id }`. */
function partsOf(key: string): string[] {
  const [operation] = parse(`{ ${key} }`).definitions
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return []
  return operation.selectionSet.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD ? [selection.name.value] : [],
  )
}
