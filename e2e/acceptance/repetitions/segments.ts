import { of, type Step, step } from './step.js'

const automation = {
  trigger: { event: 'COMPLAINT_RECEIVED' },
  actions: [{ notify: { text: 'Call them back', to: { owner: true } } }],
}

const morning = {
  ...automation,
  trigger: { event: 'SCHEDULED', schedule: { at: '09:00', weekdays: ['MONDAY'], onceInDays: 30 } },
  customerCondition: { tag: { has: 'vip' } },
}

export const segmentsSteps: readonly Step[] = [
  step('createSegment', () => ({ key: 'friends', name: 'Friends', kind: 'STATIC' }), {
    as: 'segment',
    other: { name: 'Other' },
  }),
  step('addToSegment', ({ segment, customer }) => ({ segmentId: segment.id, customerIds: [customer.id] }), {
    other: { customerIds: [] },
  }),
  step('removeFromSegment', ({ segment, customer }) => ({ segmentId: segment.id, customerIds: [customer.id] }), {
    other: { customerIds: [] },
  }),
  step('updateSegment', ({ segment }) => ({ id: segment.id, name: 'Best friends' })),
  step('recomputeRfm', () => ({})),
  step('createAutomation', () => ({ name: 'Call back', definition: automation }), {
    as: 'automation',
    other: { name: 'Other' },
  }),
  step('updateAutomation', (made) => ({ ...of('automation')(made), name: 'Call them back' })),
  step('startAutomation', of('automation')),
  step('stopAutomation', of('automation')),
  step('removeAutomation', of('automation')),
  step('createAutomation', () => ({ name: 'Every Monday', definition: morning }), {
    as: 'morning',
    other: { definition: { ...morning, customerCondition: { tag: { has: 'new' } } } },
  }),
  step('startAutomation', of('morning')),
  step('removeAutomation', of('morning')),
  step('archiveSegment', of('segment')),
]
