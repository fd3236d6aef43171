import { buildSubgraphSchema, printSubgraphSchema } from '@apollo/subgraph'
import { type GraphQLSchema, parse } from 'graphql'
import { buildSchemaSync, createResolversMap } from 'type-graphql'
import type { Context } from './context.js'
import { settleEnumDefaults } from './enum-defaults.js'
import { allow } from './policy.js'
import type { Reference, Service } from './service.js'

const federation =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@tag", "@inaccessible", "@override"])'

/** A service's part of the graph: executable schema, and the SDL from which the supergraph is composed. */
export const buildSubgraph = (service: Service): { schema: GraphQLSchema; sdl: string } => {
  const base = buildSchemaSync({
    resolvers: service.resolvers as never,
    orphanedTypes: (service.orphanedTypes ?? []) as never,
    validate: false,
  })
  const sdl = `${federation}\n\n${printSubgraphSchema(base)}\n`
  const resolvers = createResolversMap(base) as Record<string, Record<string, unknown>>
  for (const reference of service.references ?? []) {
    const name = (reference.entity as { name: string }).name
    resolvers[name] = { ...resolvers[name], __resolveReference: resolveReference(reference) }
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }])
  return { schema: settleEnumDefaults(schema), sdl }
}

const resolveReference =
  ({ entity, read }: Reference) =>
  async ({ id }: { id: string }, ctx: Context) => {
    allow(ctx.actor, read)
    return ctx.loaders.byId(entity as never, id)
  }
