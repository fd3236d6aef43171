import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { services } from '@clientele/cli/services'
import { checksOf } from '@clientele/cli/start/checks'
import { committedSupergraph, startGateway } from '@clientele/gateway'
import { createLog, health, httpSubgraph, type Log, serve } from '@clientele/kit'
import { startPlatform, type TestActor } from '@clientele/testkit'

export interface Answer {
  data?: any
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[]
}

/** Waiting that a busy machine does not outlast. */
const patience = { subgraphTimeoutMs: 60_000, heavyWaitMs: 60_000 }

/**
 * All five services and the gateway, as in production but for the process borders; relay, consumers and jobs run by themselves.
 * `budget` is what a request may cost, for suites that ask for more at a time than a client would; `log` is that of the services.
 */
export const startAcceptance = async ({ budget, log }: { budget?: number; log?: Log } = {}) => {
  const platform = await startPlatform(services, {
    background: true,
    backoff: [100, 500],
    settings: { WEBHOOK_ALLOW_LOOPBACK: true },
    ...(log && { log }),
  })
  const gateway = await startGateway({
    config: {
      port: 0,
      supergraphFile: committedSupergraph,
      ...patience,
      ...(budget && { costBudgets: { default: budget, anonymous: budget } }),
    },
    subgraphs: [...platform.services.values()].map(({ subgraph }) => subgraph),
    verifier: platform.verifier,
    checks: checksOf(platform.services.values()),
    log: createLog({ name: 'gateway', level: process.env.CLIENTELE_TEST_LOG ? 'info' : 'silent' }),
  })
  platform.defer(gateway.stop)

  const silent = createLog({ name: 'http', level: 'silent' })

  /** The same services over HTTP: where each is, by its name. */
  const serveSubgraphs = async () => {
    const urls = new Map<string, string>()
    for (const { name, subgraph, checks } of platform.services.values()) {
      const server = await serve({ subgraph, health: health({ checks }), host: '127.0.0.1', port: 0, log: silent })
      platform.defer(server.stop)
      urls.set(name, server.url)
    }
    return urls
  }

  /** A second gateway, which asks the same services over HTTP, by this supergraph or another version's; resolves with its URL. */
  const overHttp = async (supergraphFile = committedSupergraph) => {
    const subgraphs = []
    for (const [name, url] of await serveSubgraphs()) {
      const peer = httpSubgraph({ name, url, timeoutMs: patience.subgraphTimeoutMs })
      platform.defer(peer.close)
      subgraphs.push(peer)
    }
    const second = await startGateway({
      config: { port: 0, supergraphFile, ...patience },
      subgraphs,
      verifier: platform.verifier,
      checks: {},
      log: silent,
    })
    platform.defer(second.stop)
    return second.url
  }

  const post = postTo(gateway.url)
  const token = (actor: string | TestActor) =>
    platform.issuer.token(typeof actor === 'string' ? { roles: [actor] } : actor)
  return {
    ...platform,
    url: gateway.url,
    post,
    overHttp,
    serveSubgraphs,
    token,
    /** Asks the gateway as somebody; the whole answer. */
    request: async (actor: string | TestActor, query: string, variables: object = {}) =>
      (await post({ query, variables }, { authorization: `Bearer ${await token(actor)}` })).body,
    /** Asks the gateway as somebody; throws when there is any error. */
    ask: async (actor: string | TestActor, query: string, variables: object = {}) => {
      const { body } = await post({ query, variables }, { authorization: `Bearer ${await token(actor)}` })
      if (body.errors) throw new Error(JSON.stringify(body.errors))
      return body.data
    },
  }
}

export type Acceptance = Awaited<ReturnType<typeof startAcceptance>>

/** Sends a body to the gateway at this URL, unless another is given. */
export const postTo =
  (gatewayUrl: string) =>
  async (body: unknown, headers: Record<string, string> = {}, url = gatewayUrl) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { status: response.status, body: (await response.json()) as Answer }
  }

/** A partner's HTTP server that keeps what it receives, and answers always the same. */
export const startReceiver = async (answer: { status: number; text?: string } = { status: 204 }) => {
  const received: { headers: Record<string, string>; body: string; at: number }[] = []
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers as Record<string, string>, body: await text(request), at: Date.now() })
    response.writeHead(answer.status).end(answer.text)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    stop: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
