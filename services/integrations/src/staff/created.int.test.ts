import { staffEntityId, staffLeft, staffRecorded } from '@clientele/contracts'
import { startForTest, type TestActor } from '@clientele/testkit'
import { integrations } from '../service.js'

const svc = await startForTest(integrations)
const known: TestActor = { subject: '陈晓雨', roles: ['admin'], territories: [''] }
const member = { ...staffRecorded.example, id: staffEntityId('陈晓雨'), sub: '陈晓雨' }
await svc.deliver(staffRecorded, member)
await svc.drain()

const create = async (actor: TestActor) =>
  (
    await svc
      .as(actor)
      .mutate(
        'mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { id createdBy creator { id } } }',
        { input: { url: 'https://partner.com/hooks', types: ['*'] } },
      )
  ).createWebhookEndpoint
const read = async (id: string, actor: TestActor = known) =>
  (await svc.as(actor).query('query ($id: ID!) { webhookEndpoint(id: $id) { id createdBy creator { id } } }', { id }))
    .webhookEndpoint

test('who created something is a member of staff, also where they have left', async () => {
  const made = await create(known)
  expect(made).toMatchObject({ createdBy: '陈晓雨', creator: { id: staffEntityId('陈晓雨') } })
  expect(await read(made.id)).toEqual(made)
  await svc.deliver(staffLeft, { ...member, version: member.version + 1, active: false })
  await svc.drain()
  expect(await read(made.id)).toEqual(made)
})

test('whoever is none, or of another tenant, is null', async () => {
  const made = await create({ ...known, subject: 'from-outside' })
  expect(made).toMatchObject({ createdBy: 'from-outside', creator: null })
  expect(await read(made.id)).toEqual(made)
  const other = { ...known, tenant: 'globex' }
  const theirs = await create(other)
  expect(theirs).toMatchObject({ createdBy: '陈晓雨', creator: null })
  expect(await read(theirs.id, other)).toEqual(theirs)
})
