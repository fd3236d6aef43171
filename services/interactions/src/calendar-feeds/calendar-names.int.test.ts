import { randomUUID } from 'node:crypto'
import { startPlatform, type TestActor } from '@clientele/testkit'
import { addCustomer, addStaff, profilesFixture } from '@clientele/testkit/profiles'
import { aVisit, visitDocuments } from '../../fixture/visits.js'
import { interactions } from '../service.js'

const clock = { now: new Date('2026-03-10T08:00:00.000Z') }
const platform = await startPlatform([interactions, profilesFixture], { now: () => clock.now })
const ann: TestActor = { roles: ['sales'], subject: 'ann', territories: ['amer'] }
addStaff('acme', 'ann', { territories: ['emea/de'] })

const visitTo = async (fields: { territory: string; displayName: string }, assigneeId = 'ann') => {
  const customerId = randomUUID()
  addCustomer('acme', customerId, fields)
  const input = aVisit({ customerId, assigneeId, purpose: fields.territory })
  await platform.as('interactions', 'admin').mutate(visitDocuments.planVisit, { input })
}
const CREATE = 'mutation ($input: CreateCalendarFeedInput!) { createCalendarFeed(input: $input) { url } }'
const summaries = async (actor: TestActor = ann) => {
  const { createCalendarFeed } = await platform.as('interactions', actor).mutate(CREATE, { input: {} })
  const text = await (await fetch(createCalendarFeed.url)).text()
  return [...text.replaceAll('\r\n ', '').matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, summary]) => summary).toSorted()
}

test('customers are named as far as their reader sees them, by the territories of the directory', async () => {
  await visitTo({ territory: 'emea/de/bayern', displayName: '王芳 🙂' })
  await visitTo({ territory: 'amer', displayName: 'Beyond' })
  expect(await summaries()).toEqual(['amer', 'emea/de/bayern · 王芳 🙂'])
})

test('while profiles is away the calendar goes without names', async () => {
  await visitTo({ territory: 'emea/de', displayName: 'Berlin' })
  await platform.service('profiles').stop()
  expect(await summaries()).toEqual(['amer', 'emea/de', 'emea/de/bayern'])
})
