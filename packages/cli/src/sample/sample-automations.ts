import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

const automations = [
  {
    name: '重点客户投诉 VIP complains',
    description: 'Somebody calls back within four working hours.',
    definition: {
      trigger: { event: 'COMPLAINT_RECEIVED' },
      customerCondition: { tag: { has: 'vip' } },
      actions: [
        {
          createTask: {
            ...{ kind: 'call.back', title: '致电客户 Call back', priority: 'HIGH' },
            ...{ dueInHours: 4, inWorkingHours: true, assignee: { owner: true } },
          },
        },
        { notify: { text: '重点客户有新投诉 A VIP has complained', to: { owner: true } } },
      ],
    },
  },
  {
    name: '低分回访 Low score',
    description: 'Whoever would not recommend us is tagged and visited.',
    definition: {
      trigger: { event: 'RESPONSE_COMPLETED' },
      eventCondition: { nps: { lte: 6 } },
      actions: [
        { tag: ['detractor'] },
        {
          createTask: { kind: 'visit.plan', title: '安排回访 Plan a visit', dueInHours: 72, assignee: { owner: true } },
        },
      ],
    },
  },
  {
    name: '久未拜访 Not visited for long',
    description:
      'Whom nobody has visited for ninety days is put on the list of visits, on working days in the morning.',
    definition: {
      trigger: {
        event: 'SCHEDULED',
        schedule: {
          at: '09:00',
          weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
          onceInDays: 30,
          mostCustomers: 50,
        },
      },
      customerCondition: { lastVisitDaysAgo: { gt: 90 } },
      actions: [
        {
          createTask: { kind: 'visit.plan', title: '安排拜访 Plan a visit', dueInHours: 72, assignee: { owner: true } },
        },
      ],
    },
  },
]

/** The automations of the sample, of which the first runs; those that are there stay as they are. Who may not write any gets none. */
export const ensureAutomations = async (api: SampleApi) => {
  const document = 'query ($filter: AutomationFilter) { automations(filter: $filter, first: 100) { nodes { name } } }'
  const filter = { name: { in: automations.map(({ name }) => name) } }
  const known = await api.query<{ automations: { nodes: { name: string }[] } }>(document, { filter })
  for (const [at, automation] of automations.entries()) {
    if (known.automations.nodes.some(({ name }) => name === automation.name)) continue
    try {
      const { id } = await api.change('createAutomation', 'CreateAutomationInput', automation)
      if (at === 0) await api.change('startAutomation', 'ChangeAutomationInput', { id })
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'FORBIDDEN') throw error
    }
  }
}
