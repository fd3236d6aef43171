import { advance, type SampleApi, type Steps } from './sample-api.js'

const day = 86_400_000

interface SampleVisit {
  customer: string
  mode: 'ONSITE' | 'PHONE' | 'VIDEO'
  purpose: string
  /** Days from the day on which the sample is loaded. */
  inDays: number
  steps: Steps
}

const completed = (summary: string, customerFeedback: string, sentiment: string): Steps => ({
  PLANNED: [['startVisit', 'ChangeVisitInput']],
  IN_PROGRESS: [['completeVisit', 'CompleteVisitInput', { report: { summary, customerFeedback, sentiment } }]],
})

const confirmed: Steps = { PLANNED: [['confirmVisit', 'ChangeVisitInput']] }

const cancelled: Steps = {
  PLANNED: [['cancelVisit', 'CancelVisitInput', { reason: 'The customer is travelling; call in spring.' }]],
}

const visits: SampleVisit[] = [
  {
    customer: 'p-zhang-wei',
    mode: 'ONSITE',
    purpose: '年度回访',
    inDays: 0,
    steps: completed('客户对新办公桌满意，希望了解企业采购价。', '送货很快，安装师傅很专业。', 'POSITIVE'),
  },
  { customer: 'p-zhang-wei', mode: 'PHONE', purpose: '企业采购报价', inDays: 7, steps: confirmed },
  { customer: 'o-huaxing', mode: 'ONSITE', purpose: '续约谈判', inDays: 14, steps: {} },
  {
    customer: 'o-northgate',
    mode: 'VIDEO',
    purpose: 'Quarterly review',
    inDays: 0,
    steps: completed('Volumes grow; wants delivery to two more sites.', 'Lamps arrived late once.', 'NEUTRAL'),
  },
  { customer: 'o-lindenhof', mode: 'ONSITE', purpose: 'Show the new lamp', inDays: 21, steps: confirmed },
  { customer: 'p-emma-clarke', mode: 'PHONE', purpose: 'Ask about the chair', inDays: 3, steps: {} },
  { customer: 'o-atelier-nord', mode: 'ONSITE', purpose: 'Win back', inDays: 10, steps: cancelled },
]

/** Visits of one customer in the states that the sample shows; those that are there already are taken on. */
export const ensureVisits = async (
  api: SampleApi,
  externalId: string,
  customer: { id: string; visits: { nodes: { id: string; purpose: string; status: string }[] } },
  now: Date,
) => {
  for (const { mode, purpose, inDays, steps } of visits.filter((visit) => visit.customer === externalId)) {
    const plannedStart = new Date(Math.floor(+now / day) * day + inDays * day + 9 * 3_600_000)
    const plannedEnd = new Date(+plannedStart + 3_600_000)
    const input = { customerId: customer.id, mode, purpose, plannedStart, plannedEnd }
    const known = customer.visits.nodes.find((visit) => visit.purpose === purpose)
    await advance(api, known ?? (await api.change('planVisit', 'PlanVisitInput', input)), steps)
  }
}
