import { randomUUID } from 'node:crypto'
import { purchaseRecorded } from '@clientele/contracts'
import { type Actor, type Context, defineService, type EntityRecord, policy } from '@clientele/kit'
import { startPlatform } from '@clientele/testkit'
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { aPurchase } from '../../fixture/builders.js'
import { segmentation } from '../service.js'

@ObjectType()
class Tag {
  @Field(() => String)
  key!: string
}
@ObjectType()
class Place {
  @Field(() => String, { nullable: true })
  country!: string | null
  @Field(() => String, { nullable: true })
  region!: string | null
  @Field(() => String, { nullable: true })
  city!: string | null
}

@ObjectType()
class Firm {
  @Field(() => String, { nullable: true })
  industry!: string | null
  @Field(() => String, { nullable: true })
  sizeBand!: string | null
}

@ObjectType()
class Person {
  @Field(() => String, { nullable: true })
  gender!: string | null
}

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
  @Field(() => String, { nullable: true })
  source!: string | null
  @Field(() => [Tag])
  tags!: Tag[]
  @Field(() => String)
  createdAt!: string
  @Field(() => String, { nullable: true })
  ageBand!: string | null
  @Field(() => Place, { nullable: true })
  location!: Place | null
  @Field(() => Firm, { nullable: true })
  organization!: Firm | null
  @Field(() => Person, { nullable: true })
  person!: Person | null
}

const existing: string[] = [randomUUID(), randomUUID(), randomUUID()]
const [first, second, third] = existing as [string, string, string]
const asked: string[][] = []
const databases = new Set<string>()

@Resolver()
class CustomerResolver {
  @Query(() => [Customer], { nullable: 'items' })
  async customersById(@Arg('ids', () => [ID]) ids: string[], @Ctx() { actor, em }: Context) {
    asked.push(ids)
    const [row] = await em.execute<{ name: string }[]>('select current_database() as name')
    databases.add(row?.name as string)
    if (actor.tenant !== 'acme') return ids.map(() => null)
    const common = { version: 2, kind: 'PERSON', status: 'ACTIVE', ownerId: null, territory: 'emea', source: 'asked' }
    const coarse = {
      ageBand: 'FROM_25_TO_34',
      location: { country: 'CN', region: '广东省', city: '深圳' },
      organization: null,
      person: { gender: 'FEMALE' },
    }
    return ids.map((id) =>
      existing.includes(id)
        ? { ...common, ...coarse, id, tags: [{ key: 'vip' }], createdAt: '2026-01-01T00:00:00.000Z' }
        : null,
    )
  }
}

/** The part of the owner's subgraph that is asked here, as a service of its own. */
const profiles = defineService({
  name: 'profiles',
  migrations: segmentation.migrations,
  entities: [],
  resolvers: [CustomerResolver],
  policies: [
    policy('Customer', {
      roles: { service_account: { clearance: 'PLAIN', read: 'TENANT' } },
      opens: { read: ['customersById'] },
      fields: {
        Customer: {
          PLAIN: [
            'kind',
            'status',
            'ownerId',
            'territory',
            'source',
            'tags',
            'ageBand',
            'location',
            'organization',
            'person',
          ],
        },
        Place: { PLAIN: ['country', 'region', 'city'] },
        Firm: { PLAIN: ['industry', 'sizeBand'] },
        Person: { PLAIN: ['gender'] },
        Tag: { PLAIN: ['key'] },
      },
    }),
  ],
})

const platform = await startPlatform([segmentation, profiles])
const manager = platform.as('segmentation', 'manager')
const CREATE = 'mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }'
const ADD = 'mutation ($input: SegmentMembersInput!) { addToSegment(input: $input) { memberCount } }'
const SEGMENTS = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Customer { segments { key } } } }'

test('customers whom no event has brought yet are asked of their owner in one batch, and take part at once', async () => {
  const rule = {
    all: [
      ...[{ tag: { has: 'vip' } }, { source: { eq: 'asked' } }, { ageBand: { eq: 'FROM_25_TO_34' } }],
      ...[{ country: { eq: 'CN' } }, { region: { eq: '广东省' } }, { city: { eq: '深圳' } }],
      ...[{ gender: { in: ['FEMALE'] } }, { not: { industry: { eq: 'TRADE' } } }],
    ],
  }
  await manager.mutate(CREATE, { input: { key: 'vip', name: 'vip', kind: 'DYNAMIC', rule } })
  const { createSegment } = await manager.mutate(CREATE, { input: { key: 'picked', name: 'picked', kind: 'STATIC' } })
  const add = (customerIds: string[]) => manager.mutate(ADD, { input: { segmentId: createSegment.id, customerIds } })
  const both = [first, second]
  expect((await add(both)).addToSegment.memberCount).toBe(2)
  expect((await add(both)).addToSegment.memberCount).toBe(2)
  expect(asked).toEqual([both])
  // In one process too, the owner answers from its own database.
  expect([...databases]).toEqual([expect.stringMatching(/^test_profiles_/)])
  const { _entities } = await manager.query(SEGMENTS, { r: both.map((id) => ({ __typename: 'Customer', id })) })
  for (const { segments } of _entities) {
    expect(segments.map(({ key }: { key: string }) => key).toSorted()).toEqual(['picked', 'vip'])
  }
  await expect(add([first, randomUUID()])).rejects.toMatchObject({
    ...{ code: 'NOT_FOUND', reason: 'customer.unknown', fields: [{ path: 'input.customerIds.1' }] },
  })
})

test('whose a customer is of whom no event has arrived yet is asked of the owner, once for all', async () => {
  const [fresh, nobody] = [randomUUID(), randomUUID()]
  existing.push(fresh)
  asked.length = 0
  const of = (ids: string[]) => ({ r: ids.map((id) => ({ __typename: 'Customer', id })) })
  const seen = async (territory: string, tenant = 'acme') =>
    (
      await platform
        .as('segmentation', { roles: ['sales'], territories: [territory], tenant })
        .query(SEGMENTS, of([fresh, nobody, fresh, 'no-uuid']))
    )._entities
  const here = { segments: [] }
  expect(await seen('emea')).toEqual([here, null, here, null])
  expect(asked).toEqual([[fresh, nobody]])
  expect(await seen('emea/de')).toEqual([null, null, null, null])
  expect(await seen('emea', 'globex')).toEqual([null, null, null, null])
  asked.length = 0
  expect(await seen('')).toEqual([here, here, here, null])
  expect(asked).toEqual([])
})

test('a customer who was just created can be chosen in their territory only', async () => {
  const fresh = randomUUID()
  existing.push(fresh)
  const { createSegment } = await manager.mutate(CREATE, { input: { key: 'fresh', name: 'fresh', kind: 'STATIC' } })
  const add = (territory: string) =>
    platform
      .as('segmentation', { roles: ['manager'], territories: [territory] })
      .mutate(ADD, { input: { segmentId: createSegment.id, customerIds: [fresh] } })
  await expect(add('apac')).rejects.toMatchObject({ code: 'NOT_FOUND', reason: 'customer.unknown' })
  expect((await add('emea')).addToSegment.memberCount).toBe(1)
})

test('a customer whom no event has brought yet is asked for when an event is about them', async () => {
  const actor: Actor = { subject: 's', roles: [], tenant: 'acme', territories: [], kind: 'service' }
  const unknown = randomUUID()
  await platform
    .service('profiles')
    .context(actor)
    .transaction(async (tx) => {
      for (const customerId of [third, unknown]) {
        const purchase = aPurchase(customerId)
        tx.emit(purchaseRecorded, purchase as unknown as EntityRecord, purchase)
      }
    })
  asked.length = 0
  await platform.settle()
  expect(asked.flat().toSorted()).toEqual([third, unknown].toSorted())
  const { _entities } = await manager.query(SEGMENTS, {
    r: [third, unknown].map((id) => ({ __typename: 'Customer', id })),
  })
  expect(_entities).toEqual([{ segments: [{ key: 'vip' }] }, { segments: [] }])
})
