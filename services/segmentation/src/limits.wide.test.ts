import { randomUUID } from 'node:crypto'
import { customerCreated, customerFields, limits, staffRecorded } from '@clientele/contracts'
import { bound, startForTest, testLimits, textOf } from '@clientele/testkit'
import { profilesFixture } from '@clientele/testkit/profiles'
import { aMember, aSchedule, aTask } from '../fixture/automations.js'
import { aCustomer } from '../fixture/builders.js'
import { segmentation } from './service.js'

const svc = await startForTest(segmentation, { beside: [profilesFixture] })
const longest = { subject: textOf(limits.subject, limits.subject.most) }
const subjectOf = (characters: number) => (characters === limits.subject.most ? longest.subject : undefined)
const staff = svc.as({ roles: ['admin'], subject: longest.subject })
for (const sub of ['a', longest.subject]) await svc.deliver(staffRecorded, aMember(sub))
const { data: customer } = await svc.deliver(customerCreated, aCustomer())
await svc.drain()

const aSegment = () => ({ key: randomUUID(), name: 'n', description: 'd', kind: 'STATIC' })
const created = async (): Promise<string> =>
  (
    await staff.mutate('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
      input: aSegment(),
    })
  ).createSegment.id
const members = async () => ({ segmentId: await created(), customerIds: [customer.id], idempotencyKey: randomUUID() })

const anAutomation = () => ({
  ...{ name: 'n', description: 'd', idempotencyKey: randomUUID() },
  definition: {
    trigger: { event: 'CUSTOMER_UPDATED', changedFields: ['source'] },
    customerCondition: { source: { eq: 'o' } },
    actions: [
      { createTask: aTask({ title: 't', note: 'n', assignee: { assigneeId: 'a' } }) },
      { notify: { text: 't', to: { owner: true } } },
      { tag: ['t'] },
      { untag: ['t'] },
      { assign: { ownerId: 'a' } },
    ],
  },
})
const CREATE = 'mutation ($input: CreateAutomationInput!) { createAutomation(input: $input) { id } }'
const automation = (await staff.mutate(CREATE, { input: anAutomation() })).createAutomation.id as string

testLimits(segmentation, svc, {
  scenarios: [
    { mutation: 'createSegment', input: () => ({ ...aSegment(), idempotencyKey: randomUUID() }) },
    { mutation: 'updateSegment', input: async () => ({ id: await created(), name: 'n', description: 'd' }) },
    { mutation: 'addToSegment', input: members },
    { mutation: 'removeFromSegment', input: members },
    { mutation: 'createAutomation', input: anAutomation },
    { mutation: 'updateAutomation', input: () => ({ id: automation, name: 'n', description: 'd' }) },
    {
      mutation: 'updateAutomation',
      input: () => ({ id: automation, definition: aSchedule({ weekdays: ['MONDAY'] }) }),
    },
    {
      mutation: 'updateAutomation',
      input: () => ({ id: automation, definition: aSchedule({ dayOfMonth: 1, mostCustomers: 1 }) }),
    },
  ].map((scenario) => ({ ...scenario, as: staff })),
  without: [
    // Bounded as a whole, in levels and nodes: `checkRule`.
    ...['SegmentRuleInput', 'AutomationEventConditionInput'],
    // A time of day has one form: `checkSchedule`.
    'AutomationScheduleInput.at',
    // Profiles is asked for teams, and is not here.
    ...['AutomationAssigneeInput.teamKey', 'AutomationOwnerInput.teamKey'],
  ],
  texts: {
    'AutomationTriggerInput.changedFields[]': () => undefined,
    'AutomationAssigneeInput.assigneeId': subjectOf,
    'AutomationOwnerInput.ownerId': subjectOf,
  },
  lists: {
    'AutomationTriggerInput.changedFields': (entries) =>
      Array.from({ length: entries }, (_, at) => customerFields[at % customerFields.length]),
  },
  bounds: {
    'rfm_score.r': bound.value(limits.quintile),
    'rfm_score.f': bound.value(limits.quintile),
    'rfm_score.m': bound.value(limits.quintile),
  },
})
