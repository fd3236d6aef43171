import { readFile } from 'node:fs/promises'
import { type Child, startChild } from '../child.js'
import type { Target } from '../load.js'
import { seedNow } from '../seed/seed.js'
import { services } from '../services.js'
import { type Answer, answerIn } from './answer.js'
import type { GatewayWorld } from './gateway-process.js'
import type { HandWrittenOptions } from './hand-written-server.js'
import type { ServiceWorld } from './run-services.js'

/** A customer to ask about, and the token of a manager of the same tenant. */
export interface Question {
  tenant: string
  id: string
  token: string
}

/** One way to answer the query, running. */
export interface Variant {
  name: string
  /** What runs where, in words. */
  label: string
  target: Target
  /** Its own processes, without PostgreSQL. */
  pids: number[]
  read(body: string): Answer
  stop(): Promise<void>
}

/** As many as a service has by default; the same for every variant. */
export const connections = 10

/** Five services and the gateway in one process, asked over HTTP; those of another checkout as `before`. */
export const startInProcess = async (
  world: ServiceWorld,
  questions: readonly Question[],
  checkout?: string,
): Promise<Variant> => {
  const name = checkout ? 'before' : 'in-process'
  const child = await startChild<{ url: string }>('customer-360/platform-process', world, checkout)
  return {
    name,
    label: `gateway and five services in one process, token checks on${checkout ? `, of ${checkout}` : ''}`,
    target: await gatewayTarget(name, child.reply.url, questions),
    pids: [child.pid],
    read: (body) => answerIn(name, body),
    stop: child.stop,
  }
}

/** The gateway and each of the five services in a process of its own, HTTP between them. */
export const startOverHttp = async (world: ServiceWorld, questions: readonly Question[]): Promise<Variant> => {
  const children: Child<{ url: string }>[] = []
  const stop = async () => {
    for (const child of children.toReversed()) await child.stop()
  }
  try {
    for (const { name: service } of services) {
      children.push(await startChild('customer-360/service-process', { ...world, service }))
    }
    const subgraphs = services.map(({ name }, index) => ({
      name,
      url: (children[index] as (typeof children)[0]).reply.url,
    }))
    const options: GatewayWorld = { issuer: world.issuer, subgraphs }
    const gateway = await startChild<{ url: string }>('customer-360/gateway-process', options)
    children.push(gateway)
    return {
      name: 'http',
      label: 'gateway and five services in six processes, HTTP between them, token checks on',
      target: await gatewayTarget('http', gateway.reply.url, questions),
      pids: children.map(({ pid }) => pid),
      read: (body) => answerIn('http', body),
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** One SQL statement behind `node:http`, on the copy. */
export const startHandWritten = async (databaseUrl: string, questions: readonly Question[]): Promise<Variant> => {
  const options: HandWrittenOptions = { databaseUrl, connections, now: seedNow.toISOString() }
  const child = await startChild<{ url: string }>('customer-360/hand-written-server', options)
  return {
    name: 'hand-written',
    label: 'one prepared SQL statement behind node:http, on the copy, no token checks',
    target: {
      name: 'hand-written',
      url: child.reply.url,
      requests: requestsOf(questions, ({ tenant, id }) => ({ variables: { tenant, id } })),
    },
    pids: [child.pid],
    read: (body) => answerIn('hand-written', body),
    stop: child.stop,
  }
}

const gatewayTarget = async (name: string, url: string, questions: readonly Question[]): Promise<Target> => {
  const query = await readFile(new URL('../../../gateway/samples/1-customer-360.graphql', import.meta.url), 'utf8')
  const requests = requestsOf(questions, ({ id }) => ({ query, variables: { id } }))
  const withToken = requests.map(({ headers, body }, question) => ({
    headers: { ...headers, authorization: `Bearer ${questions[question]?.token}` },
    body,
  }))
  return { name, url, requests: withToken }
}

/** One request per question. */
export const requestsOf = (questions: readonly Question[], body: (question: Question) => object) =>
  questions.map((question) => ({
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body(question)),
  }))
