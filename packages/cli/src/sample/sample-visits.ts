import { advance, type SampleApi, type Steps } from './sample-api.js'
import { ensureFiles, type WithFiles } from './sample-files.js'
import { subjectOf } from './sample-staff.js'

const day = 86_400_000

interface SampleVisit {
  customer: string
  /** The demo user who makes it. */
  assignee: string
  mode: 'ONSITE' | 'PHONE' | 'VIDEO'
  purpose: string
  /** Days from the day on which the sample is loaded. */
  inDays: number
  steps: Steps
}

const completed = (summary: string, customerFeedback: string, sentiment: string): Steps => ({
  PLANNED: [['startVisit', 'StartVisitInput']],
  IN_PROGRESS: [['completeVisit', 'CompleteVisitInput', { report: { summary, customerFeedback, sentiment } }]],
})

const confirmed: Steps = { PLANNED: [['confirmVisit', 'ConfirmVisitInput']] }

const cancelled: Steps = {
  PLANNED: [['cancelVisit', 'CancelVisitInput', { reason: 'The customer is travelling; call in spring.' }]],
}

const visits: SampleVisit[] = [
  {
    customer: 'p-zhang-wei',
    assignee: 'sales',
    mode: 'ONSITE',
    purpose: '年度回访',
    inDays: 0,
    steps: completed('客户对新办公桌满意，希望了解企业采购价。', '送货很快，安装师傅很专业。', 'POSITIVE'),
  },
  { customer: 'p-zhang-wei', assignee: 'sales', mode: 'PHONE', purpose: '企业采购报价', inDays: 7, steps: confirmed },
  { customer: 'o-huaxing', assignee: 'sales-cn', mode: 'ONSITE', purpose: '续约谈判', inDays: 14, steps: {} },
  {
    customer: 'o-northgate',
    assignee: 'sales-fr',
    mode: 'VIDEO',
    purpose: 'Quarterly review',
    inDays: 0,
    steps: completed('Volumes grow; wants delivery to two more sites.', 'Lamps arrived late once.', 'NEUTRAL'),
  },
  {
    customer: 'o-lindenhof',
    assignee: 'sales',
    mode: 'ONSITE',
    purpose: 'Show the new lamp',
    inDays: 21,
    steps: confirmed,
  },
  {
    customer: 'p-emma-clarke',
    assignee: 'sales-fr',
    mode: 'PHONE',
    purpose: 'Ask about the chair',
    inDays: 3,
    steps: {},
  },
  {
    customer: 'o-atelier-nord',
    assignee: 'sales-fr',
    mode: 'ONSITE',
    purpose: 'Win back',
    inDays: 10,
    steps: cancelled,
  },
]

/** Visits of one customer in the states that the sample shows, made by those of the demo users who work here; those that are there already are taken on. */
export const ensureVisits = async (
  api: SampleApi,
  externalId: string,
  customer: { id: string; visits: { nodes: (WithFiles & { purpose: string; status: string })[] } },
  { now, staff }: { now: Date; staff: ReadonlySet<string> },
) => {
  for (const { assignee, mode, purpose, inDays, steps } of visits.filter((visit) => visit.customer === externalId)) {
    const plannedStart = new Date(Math.floor(+now / day) * day + inDays * day + 9 * 3_600_000)
    const plannedEnd = new Date(+plannedStart + 3_600_000)
    const subject = subjectOf(assignee)
    const assigneeId = staff.has(subject) ? subject : null
    const input = { customerId: customer.id, assigneeId, mode, purpose, plannedStart, plannedEnd }
    const known = customer.visits.nodes.find((visit) => visit.purpose === purpose)
    const visit = known ?? { ...(await api.change('planVisit', 'PlanVisitInput', input)), files: [] }
    await advance(api, visit, steps)
    await ensureFiles(api, 'Visit', purpose, visit)
  }
}
