import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { buildSchemaSync, createResolversMap } from 'type-graphql'
import { withAuditLog } from '../audit/audit-part.js'
import { referWithinScope, stubInScope, tellOfScope } from '../peers/stub.js'
import { guardSchema } from '../policy/guard.js'
import { guardRepresentations } from '../policy/representations.js'
import type { Context } from '../service/context.js'
import type { Service } from '../service/service.js'
import { readCanonicalIds } from './canonical-ids.js'
import { settleEnumDefaults } from './enum-defaults.js'
import { nameEnumValues } from './enum-values.js'

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@tag", "@inaccessible", "@override", "@listSize", "@cost"])'

type ReadReference = (key: { id: string }, ctx: Context) => unknown

/** What a service's classes say, before federation and policies: its inputs know their limits. */
export const plainSchema = (service: Service): GraphQLSchema =>
  buildSchemaSync({
    resolvers: service.resolvers as never,
    orphanedTypes: (service.orphanedTypes ?? []) as never,
    validate: false,
    // Building the subgraph from its SDL checks it.
    skipCheck: true,
  })

export interface SubgraphSchema {
  /** Executable, under the service's policies. */
  schema: GraphQLSchema
  /** What the supergraph is composed from. */
  sdl: string
}

const built = new WeakMap<Service, SubgraphSchema>()

/** A service's part of the graph. It holds no state, so that whoever runs the service in this process has the same one. */
export const buildSubgraph = (service: Service): SubgraphSchema => {
  const known = built.get(service) ?? build(service)
  built.set(service, known)
  return known
}

const build = (service: Service): SubgraphSchema => {
  const base = tellOfScope(plainSchema(service), service)
  const sdl = `${federation}\n\n${printSubgraphSchema(base)}\n`
  const resolvers = createResolversMap(base) as Record<string, Record<string, unknown>>
  const refer = (type: { name: string }, read: ReadReference) => {
    resolvers[type.name] = { ...resolvers[type.name], __resolveReference: read }
  }
  for (const entity of service.references ?? []) {
    refer(entity as never, ({ id }, ctx) => ctx.loaders.byId(entity as never, id))
  }
  for (const stub of service.stubs ?? []) refer(stub.type, ({ id }, ctx) => stubInScope(ctx, stub, id))
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])
  const guarded = guardRepresentations(referWithinScope(guardSchema(settleEnumDefaults(schema), service), service))
  // Extending a schema makes its types anew.
  return { schema: readCanonicalIds(nameEnumValues(withAuditLog(guarded))), sdl }
}
