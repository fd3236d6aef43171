import { services } from '@clientele/cli/services'
import { checksOf } from '@clientele/cli/start/checks'
import { buildSubgraph, createLog, health, httpSubgraph, type Subgraph, serve } from '@clientele/kit'
import { startPlatform } from '@clientele/testkit'
import { type GraphQLField, type GraphQLSchema, getNamedType, isCompositeType, parse, validate } from 'graphql'

const platform = await startPlatform(services)
const log = createLog({ name: 'direct calls', level: 'silent' })

/** A valid operation that asks for one root field. */
const asking = (operation: 'query' | 'mutation', { name, args, type }: GraphQLField<unknown, unknown>) => {
  const declared = args.map((each) => `$${each.name}: ${each.type}`).join(', ')
  const given = args.map((each) => `${each.name}: $${each.name}`).join(', ')
  const inner = isCompositeType(getNamedType(type)) ? ' { __typename }' : ''
  return `${operation}${declared && ` (${declared})`} { ${name}${given && `(${given})`}${inner} }`
}

const operationsOf = (schema: GraphQLSchema, isPublic: (field: string) => boolean) => {
  const fieldsOf = (operation: 'query' | 'mutation') =>
    Object.values((operation === 'query' ? schema.getQueryType() : schema.getMutationType())?.getFields() ?? {})
      .filter(({ name }) => !isPublic(name))
      .map((field) => asking(operation, field))
  return [...fieldsOf('query'), ...fieldsOf('mutation'), '{ __typename }', '{ __schema { types { name } } }']
}

const reasonsOf = (subgraph: Subgraph, operations: readonly string[]) =>
  Promise.all(
    operations.map(async (query) => {
      const { data, errors } = await subgraph.execute({ query, headers: {} })
      return { query, data, refusals: errors?.map(({ extensions }) => `${extensions?.code} ${extensions?.reason}`) }
    }),
  )

describe.each(services.map((service) => [service.name, service] as const))(
  '%s, asked without a token',
  (name, service) => {
    const { schema } = buildSubgraph(service)
    const operations = operationsOf(schema, (field) => (service.publicFields ?? []).includes(field))
    const refused = operations.map((query) => ({
      query,
      data: undefined,
      refusals: ['UNAUTHENTICATED token.missing'],
    }))
    const running = platform.service(name)

    test('refuses all but public fields in process, entities and schema included', async () => {
      expect(operations.flatMap((text) => validate(schema, parse(text)))).toEqual([])
      expect(operations.filter((text) => /_entities|_service/.test(text))).toHaveLength(2)
      expect(await reasonsOf(running.subgraph, operations)).toEqual(refused)
    })

    test('refuses the same over HTTP, and tells its health', async () => {
      const checks = checksOf([running])
      const server = await serve({
        subgraph: running.subgraph,
        health: health({ checks }),
        host: '127.0.0.1',
        port: 0,
        log,
      })
      const remote = httpSubgraph({ name, url: server.url, log })
      try {
        expect(await reasonsOf(remote, operations)).toEqual(refused)
        for (const path of ['/livez', '/readyz']) expect((await fetch(server.url + path)).status).toBe(200)
      } finally {
        await remote.close()
        await server.stop()
      }
    })
  },
)
