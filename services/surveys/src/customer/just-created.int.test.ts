import { randomUUID } from 'node:crypto'
import { type Context, defineService, policy } from '@clientele/kit'
import { startPlatform } from '@clientele/testkit'
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { CREATE, INVITE, PUBLISH, questions } from '../fixture/survey-fixture.js'
import { surveys } from '../service.js'

@ObjectType()
class Customer {
  @Field(() => ID)
  id!: string
  @Field(() => Int)
  version!: number
  @Field(() => String)
  kind!: string
  @Field(() => String)
  status!: string
  @Field(() => String, { nullable: true })
  ownerId!: string | null
  @Field(() => String, { nullable: true })
  territory!: string | null
}

const [german, chinese, archived] = [randomUUID(), randomUUID(), randomUUID()] as [string, string, string]
const territories = new Map([
  [german, 'emea/de'],
  [chinese, 'apac/华东'],
  [archived, 'emea/de'],
])
const asked: string[][] = []

@Resolver()
class CustomerResolver {
  @Query(() => [Customer], { nullable: 'items' })
  customersById(@Arg('ids', () => [ID]) ids: string[], @Ctx() { actor }: Context) {
    asked.push(ids)
    return ids.map((id) => {
      const territory = actor.tenant === 'acme' ? territories.get(id) : undefined
      const status = id === archived ? 'ARCHIVED' : 'ACTIVE'
      return territory ? { id, version: 1, kind: 'PERSON', status, ownerId: null, territory } : null
    })
  }
}

/** The part of the owner's subgraph that is asked here, as a service of its own. */
const profiles = defineService({
  name: 'profiles',
  migrations: surveys.migrations,
  entities: [],
  resolvers: [CustomerResolver],
  policies: [
    policy('Customer', {
      roles: { service_account: { sees: 'PLAIN', read: 'TENANT' } },
      opens: { read: ['customersById'] },
      fields: { Customer: { PLAIN: ['kind', 'status', 'ownerId', 'territory'] } },
    }),
  ],
})

const platform = await startPlatform([surveys, profiles])
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

test('a customer who was just created can be invited in his territory only, and is kept', async () => {
  expect((await invite(german)).inviteToSurvey.invitation).toMatchObject({ customerId: german, status: 'ISSUED' })
  await expect(invite(chinese)).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(invite(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  await expect(invite(archived)).rejects.toMatchObject({ code: 'CONFLICT', reason: 'customer.archived' })
  asked.length = 0
  await invite(german)
  expect(await find([german])).toMatchObject([{ id: german }])
  expect(asked).toEqual([])
})
