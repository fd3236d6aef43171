import { setImmediate } from 'node:timers/promises'
import { Supergraph } from '@apollo/federation-internals'
import { createLog, type Subgraph } from '@clientele/kit'
import { getOperationAST, parse } from 'graphql'
import { compose } from '../compose.js'
import { SubgraphClient } from '../subgraph-client.js'
import { createExecutor, type Executor } from './executor.js'
import { schemas } from './fixture/schemas.js'
import { createMarket, worldHeader } from './fixture/subgraphs.js'
import { createPlanner } from './planner.js'

const { sdl } = compose(schemas)
const schema = Supergraph.build(sdl!).apiSchema().toGraphQLJSSchema()
const planner = createPlanner(sdl!)
const log = createLog({ name: 'gateway', level: 'silent' })

const query = `query ($id: ID!, $n: Int, $more: Boolean!) {
  product(id: $id) { id sku related(first: $n) { id rating } reviews(first: $n) @include(if: $more) { author { name age } } }
}`
const document = parse(query)
type Asked = [variables: { id: string; n: number; more: boolean }, seed: number]

type Ask = SubgraphClient['ask']

/** What an executor that kept the variables of the first request in its compiled plans would do. */
class KeepsVariables extends SubgraphClient {
  private readonly kept = new Map<string, Record<string, unknown>>()

  override ask(operation: Parameters<Ask>[0], ...rest: [Parameters<Ask>[1], Parameters<Ask>[2]]): ReturnType<Ask> {
    const first = this.kept.get(operation.query) ?? operation.variables
    this.kept.set(operation.query, first)
    const { representations } = operation.variables
    return super.ask(
      { ...operation, variables: { ...first, ...(representations !== undefined && { representations }) } },
      ...rest,
    )
  }
}

/** What an executor that kept the first request's headers would do. */
class KeepsHeaders extends SubgraphClient {
  private kept: Record<string, string> | undefined

  override ask(operation: Parameters<Ask>[0], scope: Parameters<Ask>[1], holes: Parameters<Ask>[2]): ReturnType<Ask> {
    this.kept ??= scope.headers
    return super.ask(operation, { ...scope, headers: this.kept }, holes)
  }
}

/** Lets other requests go on before it answers. */
const slowly = ({ name, execute }: Subgraph): Subgraph => ({
  name,
  async execute(request) {
    await setImmediate()
    return execute(request)
  },
})

function startExecutor(Client: typeof SubgraphClient = SubgraphClient): Executor {
  const market = createMarket(schemas).subgraphs.map(slowly)
  const clients = new Map(market.map((subgraph) => [subgraph.name, new Client(subgraph, 5_000, log)]))
  const stock = async () => Promise.reject(new Error('was not compiled'))
  return createExecutor({ stock, mostFetches: 100, planner, clients })
}

async function ask(execute: Executor, [variables, seed]: Asked): Promise<string> {
  const world = { seed, run: '', down: {}, throwing: 0, missing: 0, broken: 0 }
  const scope = { requestId: 'r', headers: { [worldHeader]: JSON.stringify(world) }, budget: 1, tellCost: false }
  const context = { request: { variables }, document, operation: getOperationAST(document), schema, context: scope }
  return JSON.stringify(await execute(context as never))
}

const requests: Asked[] = [
  [{ id: '1', n: 2, more: true }, 1],
  [{ id: '2', n: 3, more: true }, 1],
  [{ id: '2', n: 3, more: false }, 1],
  [{ id: '1', n: 2, more: true }, 2],
  [{ id: '5', n: 1, more: true }, 3],
]

/** Each request to an executor of its own, which has nothing that it could keep. */
const alone = () => Promise.all(requests.map((request) => ask(startExecutor(), request)))

test('requests of one operation, at once and again, are answered as if alone', async () => {
  const wanted = await alone()
  expect(new Set(wanted).size).toBe(requests.length)
  const execute = startExecutor()
  for (let round = 0; round < 3; round++)
    expect(await Promise.all(requests.map((request) => ask(execute, request)))).toEqual(wanted)
})

test.each([
  ['variables', KeepsVariables],
  ['headers', KeepsHeaders],
])('a plan that keeps the %s of a request would be seen', async (_, Client) => {
  const execute = startExecutor(Client as typeof SubgraphClient)
  expect(await Promise.all(requests.map((request) => ask(execute, request)))).not.toEqual(await alone())
})
