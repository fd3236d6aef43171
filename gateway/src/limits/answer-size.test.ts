import { createLog, type Subgraph } from '@clientele/kit'
import { startIssuer } from '../../fixture/issuer.js'
import { executor } from '../../fixture/platform.js'
import { type Gateway, startGateway } from '../gateway.js'
import { committedSupergraph } from '../supergraph/committed-supergraph.js'

let issuer: Awaited<ReturnType<typeof startIssuer>>
let gateway: Gateway
let entries = 10
let written = 0
const profiles: Subgraph = {
  name: 'profiles',
  execute: async ({ query }) => {
    const rows = Array.from({ length: entries }, () => ({ name: 'x'.repeat(100), externalId: 'x'.repeat(100) }))
    if (!/mutation/.test(query)) return { data: { tags: rows } }
    written++
    return { data: { importCustomers: { rows } } }
  },
}

beforeAll(async () => {
  issuer = await startIssuer()
  gateway = await startGateway({
    config: { port: 0, supergraphFile: committedSupergraph, executor, limits: { answerCharacters: 10_000 } },
    subgraphs: [
      profiles,
      ...['interactions', 'surveys', 'segmentation', 'integrations'].map((name) => ({ ...profiles, name })),
    ],
    verifier: issuer.verifier,
    log: createLog({ name: 'gateway', level: 'silent' }),
  })
})
afterAll(async () => {
  await gateway?.stop()
  await issuer?.stop()
})

const ask = async (query = '{ tags { name } }') => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token()}` },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as { data?: { tags: [] }; errors?: { extensions: object }[] }
  return data?.tags?.length ?? errors?.map(({ extensions }) => extensions)
}

test('an answer that is too large is refused, whether its operation is known or not', async () => {
  const refused = [expect.objectContaining({ code: 'INVALID', reason: 'answer.too_large' })]
  entries = 200
  expect(await ask()).toEqual(refused)
  entries = 10
  expect([await ask(), await ask()]).toEqual([10, 10])
  entries = 200
  expect(await ask()).toEqual(refused)
})

const write = (selection: string) =>
  `mutation { importCustomers(input: { system: "erp", rows: [] }) { rows { ${selection} } } }`

test('a mutation whose answer is too large says that it took effect', async () => {
  entries = 200
  const told = [expect.objectContaining({ code: 'INVALID', reason: 'answer.too_large_but_done' })]
  expect(await ask(write('externalId'))).toEqual(told)
  expect(written).toBe(1)
})

test('a mutation whose selection costs too much is refused before anything is written', async () => {
  const before = written
  const refused = [expect.objectContaining({ code: 'INVALID', reason: 'query.too_costly' })]
  const rows = Array.from({ length: 8 }, (_, at) => `w${at}: warnings { reason path message }`)
  expect(await ask(write(rows.join(' ')))).toEqual(refused)
  expect(written).toBe(before)
})
