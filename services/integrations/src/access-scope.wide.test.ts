import { randomUUID } from 'node:crypto'
import { customerUpdated } from '@clientele/contracts'
import { outcome, startPlatform, type TestActor } from '@clientele/testkit'
import { addCustomer, asked, profilesFixture } from '@clientele/testkit/profiles'
import { replicateCustomers } from './customer/customer.consumer.js'
import { externalRefsOf } from './external-refs/external-ref.actions.js'
import { integrations } from './service.js'

const platform = await startPlatform([integrations, profilesFixture])
const as = (actor: TestActor | string) => platform.as('integrations', actor)

const LINK = 'mutation ($input: LinkExternalRefInput!) { linkExternalRef(input: $input) { id customer { id } } }'
const UNLINK = 'mutation ($input: UnlinkExternalRefInput!) { unlinkExternalRef(input: $input) { id } }'
const FIND = 'query ($id: String!) { externalRef(system: "erp", externalId: $id) { id redactedFields } }'
const REFERENCES =
  'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ExternalRef { id } ... on Customer { id externalRefs { externalId } } } }'
const OF_LINK =
  'query ($id: String!) { externalRef(system: "erp", externalId: $id) { customer { externalRefs { id } } } }'

const me = randomUUID()
const wheres = {
  mine: { ownerId: me, territory: null },
  here: { territory: 'emea/de' },
  below: { territory: 'emea/de/bayern' },
  beside: { territory: 'emea/dee' },
  above: { territory: 'emea' },
  shanghai: { territory: '华东/上海' },
  besideEast: { territory: '华东南' },
  nobodys: { territory: null },
}
type Name = keyof typeof wheres
const names = Object.keys(wheres) as Name[]
const aLink = async (where: object) => {
  const customerId = randomUUID()
  addCustomer('acme', customerId, where)
  const externalId = randomUUID()
  const { linkExternalRef } = await as('admin').mutate(LINK, { input: { customerId, system: 'erp', externalId } })
  return { id: linkExternalRef.id as string, customerId, externalId }
}
const links = Object.fromEntries(
  await Promise.all(names.map(async (name) => [name, await aLink(wheres[name])] as const)),
) as Record<Name, Awaited<ReturnType<typeof aLink>>>

const person = (role: string, ...territories: string[]): TestActor => ({ roles: [role], subject: me, territories })

describe.each<[string, TestActor, Name[]]>([
  ['a manager of emea/de', person('manager', 'emea/de'), ['mine', 'here', 'below']],
  ['sales of 华东', person('sales', '华东'), ['mine', 'shanghai']],
  ['sales without territory', person('sales'), ['mine']],
  ['a stranger among sales', { roles: ['sales'], territories: ['emea/fr'] }, []],
  ['a manager of the whole tree', person('manager', ''), names],
  ...['admin', 'service', 'analyst', 'privacy_officer', 'partner'].map((role): [string, TestActor, Name[]] => [
    role,
    person(role),
    names,
  ]),
])('%s', (_, actor, reached) => {
  test('finds the links of customers in their access scope', async () => {
    for (const name of names) {
      const found = outcome(as(actor).query(FIND, { id: links[name].externalId }))
      expect([name, await found]).toEqual([name, reached.includes(name) ? 'OK' : 'NOT_FOUND external_ref.unknown'])
    }
  })

  test('resolves references to them and to their customers', async () => {
    const r = names.flatMap((name) => [
      { __typename: 'ExternalRef', id: links[name].id },
      { __typename: 'Customer', id: links[name].customerId },
    ])
    const { data, errors } = await as(actor).request(REFERENCES, { r })
    expect(errors).toBeUndefined()
    expect(data?._entities).toEqual(
      names.flatMap((name) => {
        const { id, customerId, externalId } = links[name]
        return reached.includes(name) ? [{ id }, { id: customerId, externalRefs: [{ externalId }] }] : [null, null]
      }),
    )
  })
})

test('who has every customer in scope and links none is refused by their role, wherever the customer is', async () => {
  for (const actor of [person('manager', ''), person('sales', 'emea/de'), person('partner')]) {
    const { id, customerId } = links.here
    const input = { customerId, system: 'erp', externalId: 'x' }
    expect(await outcome(as(actor).mutate(LINK, { input }))).toBe('FORBIDDEN role')
    expect(await outcome(as(actor).mutate(UNLINK, { input: { id } }))).toBe('FORBIDDEN role')
  }
})

test('a customer who moves takes their links along', async () => {
  const { customerId, externalId } = await aLink({ territory: 'emea/de' })
  const seenFrom = (territory: string) => outcome(as(person('sales', territory)).query(FIND, { id: externalId }))
  expect([await seenFrom('emea/de'), await seenFrom('emea/fr')]).toEqual(['OK', 'NOT_FOUND external_ref.unknown'])
  const data = { ...customerUpdated.example, id: customerId, version: 2, territory: 'emea/fr' }
  await platform
    .service('integrations')
    .context({
      subject: 's',
      roles: ['service_account'],
      tenant: 'acme',
      territories: [],
      scopes: [],
      kind: 'service',
      itself: true,
    })
    .transaction((tx) => replicateCustomers.handle(tx, [{ type: customerUpdated.type, data }] as never))
  expect([await seenFrom('emea/de'), await seenFrom('emea/fr')]).toEqual(['NOT_FOUND external_ref.unknown', 'OK'])
})

test('a customer who was only just created is found by asking profiles, once for all of a request', async () => {
  const [here, beside, nobody] = [randomUUID(), randomUUID(), randomUUID()]
  addCustomer('acme', here, { territory: 'emea/de/bayern' })
  addCustomer('acme', beside, { territory: 'emea/dee' })
  asked.length = 0
  const r = [here, beside, nobody].map((id) => ({ __typename: 'Customer', id }))
  expect(await as(person('sales', 'emea/de')).query(REFERENCES, { r })).toEqual({
    _entities: [{ id: here, externalRefs: [] }, null, null],
  })
  expect(asked).toEqual([[here, beside, nobody]])
})

test('the audit log knows who was refused for their reach', async () => {
  const subject = randomUUID()
  const actor = { roles: ['sales'], territories: ['emea/fr'], subject }
  await outcome(as(actor).query(FIND, { id: links.here.externalId }))
  await as(actor).query(REFERENCES, { r: [{ __typename: 'Customer', id: links.below.customerId }] })
  const { rows } = await platform
    .service('integrations')
    .database.system.query(
      'select outcome, action, entity_type, entity_id, reason from audit_entry where subject = $1 order by position',
      [subject],
    )
  const denied = { outcome: 'DENIED', action: 'read', reason: 'access_scope' }
  expect(rows).toEqual([
    { ...denied, entity_type: 'ExternalRef', entity_id: links.here.id },
    { ...denied, entity_type: 'Customer', entity_id: links.below.customerId },
  ])
})

test('links of customers outside of the access scope are not read, however their customer was come by', async () => {
  const { em, actor } = platform.service('integrations').context({
    subject: me,
    roles: ['sales'],
    tenant: 'acme',
    territories: ['emea/de'],
    scopes: [],
    kind: 'person',
  })
  const ids = names.map((name) => links[name].customerId)
  const found = await em.transactional((within) => externalRefsOf({ em: within, actor }, ids))
  expect(names.filter((_, at) => found[at]?.length)).toEqual(['mine', 'here', 'below'])
})

test('what a link leads to is what is in the access scope', async () => {
  const { externalId, id } = links.here
  expect(await as(person('sales', 'emea/de')).query(OF_LINK, { id: externalId })).toEqual({
    externalRef: { customer: { externalRefs: [{ id }] } },
  })
})
