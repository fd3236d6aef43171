import { randomUUID } from 'node:crypto'
import { outcome, startForTest } from '@clientele/testkit'
import { addTag, profilesFixture } from '@clientele/testkit/profiles'
import { aDefinition, aTask, CREATE, START, STOP } from '../../fixture/automations.js'
import { segmentation } from '../service.js'

const svc = await startForTest(segmentation, { beside: [profilesFixture] })
const mia = svc.as({ roles: ['manager'], subject: 'mia' })
const create = (definition: object) => mia.mutate(CREATE, { input: { name: '回访 🔔', definition } })
addTag('acme', 'früher 🏷', { retiredAt: '2026-01-01T00:00:00Z' })
addTag('acme', 'renamed', { key: 'first', retiredAt: '2026-01-01T00:00:00Z' })
addTag('globex', 'checked', { retiredAt: '2026-01-01T00:00:00Z' })

test.each([
  ['no action', { actions: [] }, 'list.too_short'],
  ['eleven actions', { actions: Array.from({ length: 11 }, () => ({ tag: ['a'] })) }, 'list.too_long'],
  ['an action that says nothing', { actions: [{}] }, 'automation.action'],
  ['an action that says two things', { actions: [{ tag: ['a'], untag: ['b'] }] }, 'automation.action'],
  [
    'a task for two',
    { actions: [{ createTask: aTask({ assignee: { owner: true, assigneeId: 'mia' } }) }] },
    'automation.assignee',
  ],
  ['a task for nobody', { actions: [{ createTask: aTask({ assignee: {} }) }] }, 'automation.assignee'],
  ['a task without a title', { actions: [{ createTask: aTask({ title: ' \u200b ' }) }] }, 'text.required'],
  [
    'a segment for another event',
    { trigger: { event: 'VISIT_COMPLETED', segmentId: randomUUID() } },
    'automation.segment',
  ],
  ['an event of a segment without one', { trigger: { event: 'SEGMENT_ENTERED' } }, 'automation.segment'],
  ['a segment that is not there', { trigger: { event: 'SEGMENT_EXITED', segmentId: randomUUID() } }, 'segment.unknown'],
  [
    'changed fields of another event',
    { trigger: { event: 'CUSTOMER_CREATED', changedFields: ['territory'] } },
    'automation.changed_fields',
  ],
  [
    'a currency that is none',
    { trigger: { event: 'PURCHASE_RECORDED' }, eventCondition: { currency: { eq: 'eur' } } },
    'condition.unknown_code',
  ],
  ['a country that is none', { customerCondition: { country: { in: ['DE', 'UK'] } } }, 'condition.unknown_code'],
  [
    'amounts between which there is none',
    { trigger: { event: 'PURCHASE_RECORDED' }, eventCondition: { amount: { gte: '10', lte: '9.99' } } },
    'condition.nothing_between',
  ],
  ['a tag that is given no longer', { actions: [{ tag: ['new', 'Früher 🏷'] }] }, 'tag.retired'],
  ['a condition that is empty', { customerCondition: { all: [] } }, 'condition.empty'],
  [
    'a condition that the event does not tell',
    { eventCondition: { not: { nps: { lt: 3 } } } },
    'automation.event_field',
  ],
])('%s is refused with its place', async (_, fields, reason) => {
  expect(await outcome(create(aDefinition(fields)))).toBe(`INVALID ${reason}`)
})

test.each([
  ['severity', 'COMPLAINT_RECEIVED', ['HIGH', 'high'], 'SegmentRuleSeverity'],
  ['mode', 'VISIT_COMPLETED', ['ONSITE', 'PIGEON'], 'AutomationVisitMode'],
])(
  'a %s is one of the values that the schema says, and another is refused with its place',
  async (field, event, values, type) => {
    const eventCondition = { any: [{ [field]: { in: values } }, { [field]: { eq: values[0] } }] }
    const path = `input.definition.eventCondition.any.0.${field}.in.1`
    await expect(create(aDefinition({ trigger: { event }, eventCondition }))).rejects.toMatchObject({
      code: 'INVALID',
      fields: [{ path, reason: 'value.not_one_of', message: expect.stringContaining(`${type}, which is one of`) }],
    })
    const right = { any: [{ [field]: { in: [values[0]] } }, { [field]: { eq: values[0] } }] }
    expect(await outcome(create(aDefinition({ trigger: { event }, eventCondition: right })))).toBe('OK')
  },
)

test('a second assignment is refused with its place, since what is for the owner could not tell for whom it is', async () => {
  const actions = [{ assign: { ownerId: 'mia' } }, { untag: ['a'] }, { assign: { ownerId: 'mia' } }]
  await expect(create(aDefinition({ actions }))).rejects.toMatchObject({
    fields: [{ path: 'input.definition.actions.2.assign', reason: 'automation.second_assignment' }],
  })
})

test('tags that are given no longer are refused with their places', async () => {
  const actions = [{ untag: ['FRÜHER 🏷'] }, { tag: ['neu', 'Renamed', 'first', 'checked'] }]
  const refused = create(aDefinition({ actions }))
  await expect(refused).rejects.toMatchObject({
    fields: [1, 2].map((at) => ({ path: `input.definition.actions.1.tag.${at}`, reason: 'tag.retired' })),
  })
})

test('it waits for what there is: a field of customers, a segment in use', async () => {
  const onUpdate = (changedFields: string[]) => aDefinition({ trigger: { event: 'CUSTOMER_UPDATED', changedFields } })
  expect(await outcome(create(onUpdate(['no.such.field'])))).toBe('INVALID automation.changed_field')
  expect(await outcome(create(onUpdate(['person', 'organization.industry', 'tags'])))).toBe('OK')
  const segment = async (key: string) =>
    (
      await mia.mutate('mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { id } }', {
        input: { key, name: '重要客户', kind: 'STATIC' },
      })
    ).createSegment.id
  const ARCHIVE = 'mutation ($input: ArchiveSegmentInput!) { archiveSegment(input: $input) { id } }'
  const segmentId = await segment('awaited')
  const definition = aDefinition({ trigger: { event: 'SEGMENT_ENTERED', segmentId } })
  const { id } = (await create(definition)).createAutomation
  await mia.mutate(START, { input: { id } })
  expect(await outcome(mia.mutate(ARCHIVE, { input: { id: segmentId } }))).toBe('CONFLICT segment.awaited')
  await mia.mutate(STOP, { input: { id } })
  expect(await outcome(mia.mutate(ARCHIVE, { input: { id: segmentId } }))).toBe('OK')
  expect(await outcome(mia.mutate(START, { input: { id } }))).toBe('INVALID segment.unknown')
})
