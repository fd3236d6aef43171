import { services } from '@clientele/cli/services'
import { committedSupergraph, startGateway } from '@clientele/gateway'
import { createLog, type RunningService, run, type Service } from '@clientele/kit'
import { startPlatform, type TestActor, type TestPlatform } from '@clientele/testkit'
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery } from 'graphql'
import { countedReads, type ReadCounts } from './counted-reads.js'
import { type Fault, faulty } from './faults.js'

/** `ours` has compiled plans and compiled reads; `plain` has Apollo's executor and resolvers. */
export type Stack = 'ours' | 'plain'

export interface Operation {
  query: string
  variables: Record<string, unknown>
  /** Headers that a client may send beside its token. */
  headers?: Readonly<Record<string, string>>
}

export interface ToldError {
  message: string
  path?: readonly (string | number)[]
  extensions?: Record<string, unknown>
}

/** An answer as a client gets it over HTTP. */
export interface Reply {
  status: number
  type: string | null
  text: string
  body: { data?: Record<string, unknown> | null; errors?: readonly ToldError[]; extensions?: unknown }
}

export const now = new Date('2026-12-01T02:00:00.500Z')
/** How ids of requests begin that both stacks were asked. */
export const askedOfBoth = 'both-'
const quiet = createLog({ name: 'equality', level: 'silent' })

/** The five services twice over the same databases, each time behind a gateway, and the same moment for both. */
export const startStacks = async () => {
  const counts: Record<Stack, ReadCounts> = { ours: new Map(), plain: new Map() }
  const counted = services.map((service) => countedReads(service, counts.ours))
  const settings = { WEBHOOK_ALLOW_LOOPBACK: true }
  const platform = await startPlatform(counted, { now: () => now, settings, connections: 18 })
  const beside = await runBeside(platform, settings)
  const faults = new Map<string, Fault>()
  const urls: Record<Stack, string> = {
    ours: await open(platform, platform.services, 'compiled', faults),
    plain: await open(platform, beside, 'stock', faults),
  }
  const tokens = new Map<TestActor, Promise<string>>()
  const tokenOf = (actor: TestActor) => {
    const token = tokens.get(actor) ?? platform.issuer.token(actor)
    tokens.set(actor, token)
    return token
  }

  let requests = 0
  /** Asks one stack; without an actor nobody is said to ask. The same `requestId` meets the same fault. */
  const ask = async (stack: Stack, actor: TestActor | undefined, operation: Operation, requestId: string) => {
    const { query, variables, headers } = operation
    const response = await fetch(`${urls[stack]}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        'x-clientele-purpose': stack,
        ...headers,
        ...(actor && { authorization: `Bearer ${await tokenOf(actor)}` }),
      },
      body: JSON.stringify({ query, variables }),
    })
    const text = await response.text()
    const type = response.headers.get('content-type')
    const reply: Reply = { status: response.status, type, text, body: JSON.parse(text) }
    return reply
  }

  /** What both stacks say, with the same fault in both. */
  const askBoth = async (actor: TestActor | undefined, operation: Operation, fault?: Fault) => {
    const requestId = `${askedOfBoth}${++requests}`
    if (fault) faults.set(requestId, fault)
    try {
      const [ours, plain] = await Promise.all([
        ask('ours', actor, operation, requestId),
        ask('plain', actor, operation, requestId),
      ])
      return { ours, plain }
    } finally {
      faults.delete(requestId)
    }
  }

  const askOne = (stack: Stack, actor: TestActor | undefined, operation: Operation) =>
    ask(stack, actor, operation, `equality-${++requests}`)
  const introspection = await askOne('plain', { roles: ['admin'] }, { query: getIntrospectionQuery(), variables: {} })
  if (!introspection.body.data) throw new Error(JSON.stringify(introspection))
  const schema = buildClientSchema(introspection.body.data as unknown as IntrospectionQuery)
  return { platform, schema, ask: askOne, askBoth, reads: counts.ours }
}

export type Stacks = Awaited<ReturnType<typeof startStacks>>

/** The services once more over the databases of the platform: without query compilers, and idle by themselves. */
const runBeside = async (platform: TestPlatform, settings: Readonly<Record<string, unknown>>) => {
  const running = new Map<string, RunningService>()
  for (const service of services as readonly Service[]) {
    const started = await run(service, {
      database: platform.urls(service.name),
      natsUrl: platform.natsUrl,
      verifier: platform.verifier,
      masterKeys: platform.masterKeys,
      peers: {
        subgraph: (name) => running.get(name)?.subgraph,
        issuer: platform.issuer.issuer,
        token: platform.issuer.serviceToken,
      },
      settings,
      publicUrl: () => platform.publicServer?.url ?? '',
      log: quiet,
      now: () => now,
      background: false,
      migrate: false,
      connections: 18,
      queryCompiler: false,
    })
    platform.defer(started.stop)
    running.set(service.name, started)
  }
  return running
}

const open = async (
  platform: TestPlatform,
  running: ReadonlyMap<string, RunningService>,
  executor: 'compiled' | 'stock',
  faults: ReadonlyMap<string, Fault>,
) => {
  const gateway = await startGateway({
    config: { port: 0, supergraphFile: committedSupergraph, executor },
    subgraphs: [...running.values()].map(({ subgraph }) => faulty(subgraph, faults)),
    verifier: platform.verifier,
    log: quiet,
  })
  platform.defer(gateway.stop)
  return gateway.url
}
