import { createLog, type Subgraph } from '@clientele/kit'
import { startIssuer } from '../../fixture/issuer.js'
import { executor } from '../../fixture/platform.js'
import { type Gateway, startGateway } from '../gateway.js'
import { committedSupergraph } from '../supergraph/committed-supergraph.js'

let issuer: Awaited<ReturnType<typeof startIssuer>>
let gateway: Gateway
let entries = 10
const profiles: Subgraph = {
  name: 'profiles',
  execute: async () => ({ data: { tags: Array.from({ length: entries }, () => ({ name: 'x'.repeat(100) })) } }),
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

const ask = async () => {
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await issuer.token()}` },
    body: JSON.stringify({ query: '{ tags { name } }' }),
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
