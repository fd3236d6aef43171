import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLog, createVerifier, type Subgraph } from '@clientele/kit'
import { audience, forgedTokens, isSendable, startTestIssuer, type TestIssuer } from '@clientele/testkit'
import { executor, supergraphSdl } from '../../fixture/platform.js'
import { createGate, createSubgraphs } from '../../fixture/subgraphs.js'
import { type Gateway, startGateway } from '../gateway.js'

let dir: string
let issuer: TestIssuer
let gateway: Gateway
const lines: string[] = []
const reached: string[] = []

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'clientele-gateway-'))
  await writeFile(join(dir, 'supergraph.graphql'), supergraphSdl())
  issuer = await startTestIssuer()
  const log = createLog({ name: 'gateway', level: 'warn', destination: { write: (line) => void lines.push(line) } })
  const noting = (subgraph: Subgraph): Subgraph => ({
    name: subgraph.name,
    execute: (request) => {
      reached.push(subgraph.name)
      return subgraph.execute(request)
    },
  })
  gateway = await startGateway({
    config: { port: 0, supergraphFile: join(dir, 'supergraph.graphql'), executor },
    subgraphs: createSubgraphs(createGate()).map(noting),
    verifier: createVerifier({ issuer: issuer.issuer, audience }),
    log,
  })
})
afterAll(async () => {
  await gateway?.stop()
  await issuer?.stop()
  await rm(dir, { recursive: true })
})

const ask = async (token: string, requestId: string) => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, 'x-request-id': requestId },
    body: '{"query":"{ secret }"}',
  })
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: { extensions: object }[] }
  return { status: response.status, data, ...errors?.[0]?.extensions }
}

test('the gateway refuses every forged token before anything runs, with one line in its log', async () => {
  const forged = (await forgedTokens(issuer)).filter(isSendable)
  const answers = await Promise.all(forged.map(({ token }, i) => ask(token, `forged-${i}`)))
  expect(answers).toEqual(
    forged.map(({ reason }) => ({ status: 401, data: undefined, code: 'UNAUTHENTICATED', reason })),
  )
  const told = new Map(lines.map((line) => [JSON.parse(line).requestId as string, line]))
  expect(forged.map((_, i) => JSON.parse(told.get(`forged-${i}`) ?? '{}').reason)).toEqual(
    forged.map(({ reason }) => reason),
  )
  expect(lines).toHaveLength(forged.length)
  expect(lines.join('')).not.toMatch(/eyJ|acme|u-1|sales/)
  expect(reached).toEqual([])
  process.stdout.write(`${forged.length} forged tokens refused by the gateway\n`)

  expect(await ask(await issuer.token({ roles: ['manager'] }), 'good')).toEqual({
    status: 200,
    data: { secret: 'told' },
  })
  expect(reached).toEqual(['profiles'])
})
