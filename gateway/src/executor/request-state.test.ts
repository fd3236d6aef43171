import { setImmediate } from 'node:timers/promises'
import type { Subgraph, SubgraphResponse } from '@clientele/kit'
import { getOperationAST, parse } from 'graphql'
import { type Compiled, createCompiled, scopeIn } from '../../fixture/executor/compiled.js'
import { type SubgraphAnswer, SubgraphClient } from '../subgraphs/subgraph-client.js'

const query = `query ($id: ID!, $n: Int, $more: Boolean!) {
  product(id: $id) {
    id sku stock { count updated } related(first: $n) { id rating } parts { label colour }
    reviews(first: $n) @include(if: $more) { author { name age } }
  }
}`
const document = parse(query)
const operation = getOperationAST(document)!
type Asked = [variables: { id: string; n: number; more: boolean }, seed: number]

type Ask = Parameters<SubgraphClient['ask']>
type Speculate = Parameters<SubgraphClient['speculate']>

/** What an executor that kept the variables of the first request in its compiled plans would do. */
class KeepsVariables extends SubgraphClient {
  private readonly kept = new Map<string, Record<string, unknown>>()

  override ask(asked: Ask[0], ...rest: [Ask[1], Ask[2], Ask[3]]): Promise<SubgraphAnswer> {
    const first = this.kept.get(asked.query) ?? asked.variables
    this.kept.set(asked.query, first)
    const { representations } = asked.variables
    const variables = { ...first, ...(representations !== undefined && { representations }) }
    return super.ask({ ...asked, variables }, ...rest)
  }
}

/** What an executor that kept the first request's headers would do. */
class KeepsHeaders extends SubgraphClient {
  private kept: Record<string, string> | undefined

  override ask(asked: Ask[0], scope: Ask[1], ...rest: [Ask[2], Ask[3]]): Promise<SubgraphAnswer> {
    this.kept ??= scope.headers
    return super.ask(asked, { ...scope, headers: this.kept }, ...rest)
  }
}

/** What an executor that kept the first request's speculative fetches would do. */
class KeepsSpeculativeFetches extends SubgraphClient {
  private kept: Promise<SubgraphResponse | undefined> | undefined

  override speculate(...given: Speculate): Promise<SubgraphResponse | undefined> {
    this.kept ??= super.speculate(...given)
    return this.kept
  }
}

/** What an executor that kept the first texts would do. */
class KeepsTexts extends SubgraphClient {
  private readonly kept = new Map<string, SubgraphAnswer>()

  override async ask(...ask: Ask): Promise<SubgraphAnswer> {
    const answer = this.kept.get(ask[0].query) ?? (await super.ask(...ask))
    if (answer.text) this.kept.set(ask[0].query, answer)
    return answer
  }
}

/** Lets other requests go on before it answers. */
const through = ({ name, execute }: Subgraph): Subgraph => ({
  name,
  async execute(request) {
    await setImmediate()
    return execute(request)
  },
})

type Way = (compiled: Compiled, asked: Asked) => Promise<string>

const scopeOf = (seed: number) => scopeIn({ seed, texts: 70, unanswered: 20, redirected: 40, late: 50 })

const ways: Record<string, Way> = {
  'for objects': async ({ executor, schema }, [variables, seed]) => {
    const context = { request: { variables }, document, operation, schema, context: scopeOf(seed) }
    return JSON.stringify(await executor(context as never))
  },
  'for text': async ({ prepare, schema }, [variables, seed]) => {
    const answer = await prepare(document, operation, schema)!.answer(variables, scopeOf(seed))!
    return 'text' in answer ? answer.text : JSON.stringify(answer)
  },
}

const requests: Asked[] = [1, 2, 3].flatMap((seed): Asked[] => [
  [{ id: '1', n: 2, more: true }, seed],
  [{ id: '2', n: 3, more: true }, seed],
  [{ id: '2', n: 3, more: false }, seed],
  [{ id: '5', n: 1, more: true }, seed],
])

describe.each(Object.entries(ways))('asked %s', (_, ask) => {
  /** The answers of each request to an executor of its own, which has nothing that it could keep. */
  let wanted: string[]
  beforeAll(async () => {
    wanted = await Promise.all(requests.map((request) => ask(createCompiled({ through }), request)))
  })

  test('requests of one operation, at once and again, are answered as if alone', async () => {
    expect(new Set(wanted).size).toBeGreaterThan(requests.length / 2)
    const compiled = createCompiled({ through })
    for (let round = 0; round < 3; round++)
      expect(await Promise.all(requests.map((request) => ask(compiled, request)))).toEqual(wanted)
  })

  test.each<[string, typeof SubgraphClient]>([
    ['variables', KeepsVariables],
    ['headers', KeepsHeaders],
    ['speculative fetches', KeepsSpeculativeFetches],
    ...(ask === ways['for text'] ? ([['texts', KeepsTexts]] as [string, typeof SubgraphClient][]) : []),
  ])('an executor that keeps the %s of a request would be seen', async (_, Client) => {
    const compiled = createCompiled({ through, Client })
    expect(await Promise.all(requests.map((request) => ask(compiled, request)))).not.toEqual(wanted)
  })
})
