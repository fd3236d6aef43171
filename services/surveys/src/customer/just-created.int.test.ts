import { randomUUID } from 'node:crypto'
import { startPlatform } from '@clientele/testkit'
import { addCustomer, asked, profilesFixture } from '@clientele/testkit/profiles'
import { CREATE, INVITE, PUBLISH, questions } from '../../fixture/survey-fixture.js'
import { surveys } from '../service.js'

const [german, chinese, archived] = [randomUUID(), randomUUID(), randomUUID()] as [string, string, string]
addCustomer('acme', german, { territory: 'emea/de' })
addCustomer('acme', chinese, { territory: 'apac/华东' })
addCustomer('acme', archived, { territory: 'emea/de', status: 'ARCHIVED' })

const platform = await startPlatform([surveys, profilesFixture])
const seller = platform.as('surveys', { roles: ['sales'], territories: ['emea/de'] })
const manager = platform.as('surveys', 'manager')
const survey = (await manager.mutate(CREATE, { input: { key: 's', title: 's', questions } })).createSurvey
await manager.mutate(PUBLISH, { input: { id: survey.id } })
const ENTITIES =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { id surveyResponses { totalCount } } } }'
const find = async (ids: string[], actor = seller) =>
  (await actor.query(ENTITIES, { r: ids.map((id) => ({ __typename: 'Customer', id })) }))._entities
const invite = (customerId: string) =>
  seller.mutate(INVITE, { input: { surveyId: survey.id, customerId, channel: 'email' } })

beforeEach(() => {
  asked.length = 0
})

test('whose a customer is of whom no event has arrived yet is asked of the owner, once for all', async () => {
  const nobody = randomUUID()
  const found = await find([german, chinese, nobody, german, 'no-uuid'])
  const here = { id: german, surveyResponses: { totalCount: 0 } }
  expect(found).toEqual([here, null, null, here, null])
  expect(asked).toEqual([[german, chinese, nobody]])
})

test('nobody is asked for whoever reaches the whole tenant', async () => {
  expect((await find([german, chinese], manager)).map(({ id }: { id: string }) => id)).toEqual([german, chinese])
  expect(asked).toEqual([])
})

test('in another tenant the owner knows nobody', async () => {
  const globex = platform.as('surveys', { roles: ['sales'], territories: ['emea/de'], tenant: 'globex' })
  expect(await find([german], globex)).toEqual([null])
})

test('a customer who was just created can be invited in their territory only, and is kept', async () => {
  expect((await invite(german)).inviteToSurvey.invitation).toMatchObject({ customerId: german, status: 'ISSUED' })
  await expect(invite(chinese)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(invite(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(invite(archived)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'customer.archived' })
  asked.length = 0
  await invite(german)
  expect(await find([german])).toMatchObject([{ id: german }])
  expect(asked).toEqual([])
})
