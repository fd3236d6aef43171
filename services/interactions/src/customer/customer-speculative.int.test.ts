import { randomUUID } from 'node:crypto'
import { dataText, type SubgraphResponse } from '@clientele/kit'
import { startForTest, type TestActor } from '@clientele/testkit'
import { customersOf } from '../../fixture/customers.js'
import { interactions } from '../service.js'

const svc = await startForTest(interactions)
const { here, there } = await customersOf(svc, { here: { territory: 'emea/de' }, there: { territory: 'apac/cn' } })
const german: TestActor = { roles: ['sales'], territories: ['emea/de'] }

const VISITS =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id visits { totalCount } } } }'

/** Asks for a customer as the gateway does before it knows whether that is the right one, or else as ever. */
async function ask(id: string, { actor = german, query = VISITS, ahead = true } = {}): Promise<SubgraphResponse> {
  const headers = { authorization: `Bearer ${await svc.issuer.token(actor)}` }
  const variables = query === VISITS ? { r: [{ __typename: 'Customer', id }] } : { id }
  return svc.subgraph.execute({ query, variables, headers, acceptsText: true, isSpeculative: ahead })
}

const entries = async () => (await svc.database.system.query('select * from audit_entry')).rows.length
const unanswered = {
  errors: [expect.objectContaining({ extensions: { code: 'UNAVAILABLE', reason: 'speculative.unanswered' } })],
}

test('a speculative fetch is answered as any other, where it is a plain read', async () => {
  const { text } = await ask(here)
  expect(JSON.parse(dataText(text!))).toEqual({ _entities: [{ id: here, visits: { totalCount: 0 } }] })
  expect(text).toEqual((await ask(here, { ahead: false })).text)
})

test('a speculative fetch of what the actor may not see is not answered, and leaves nothing in the audit log', async () => {
  const before = await entries()
  expect(await ask(there)).toEqual(unanswered)
  expect(await ask(randomUUID())).toEqual(unanswered)
  expect(await ask('no id')).toEqual(unanswered)
  expect(await entries()).toBe(before)
  expect(await ask(there, { ahead: false })).toHaveProperty('data')
  expect(await entries()).toBe(before + 1)
})

test('a speculative fetch writes nothing', async () => {
  const query = 'mutation ($id: ID!) { acknowledgeComplaint(input: { id: $id, expectedVersion: 1 }) { id } }'
  expect(await ask(here, { query })).toEqual(unanswered)
})

test('a speculative fetch that is wrong in itself is told so', async () => {
  const { errors } = await ask(here, { query: '{ nothing }' })
  expect(errors![0]!.extensions).not.toEqual(expect.objectContaining({ reason: 'speculative.unanswered' }))
})
