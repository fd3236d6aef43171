import type { SampleApi } from './sample-api.js'
import { sampleCustomers } from './sample-customers.js'
import { subjectOf } from './sample-staff.js'

const day = 86_400_000

interface SampleTask {
  /** A demo user, or the key of a team. */
  who: string
  customer?: string
  kind: string
  title: string
  priority?: 'HIGH' | 'URGENT'
  /** Days from the day on which the sample is loaded. */
  inDays: number
  done?: { outcome: string; note: string }
}

const tasks: SampleTask[] = [
  { who: 'admin', kind: 'todo', title: 'Check who still needs access', inDays: 5 },
  { who: 'manager', kind: 'todo', title: 'Talk through the quarter with sales', inDays: 2, priority: 'HIGH' },
  { who: 'manager-cn', kind: 'todo', title: '审核华东区拜访计划', inDays: 1 },
  {
    who: 'sales',
    customer: 'p-zhang-wei',
    kind: 'quote.send',
    title: '发送企业采购报价 📄',
    inDays: 1,
    priority: 'HIGH',
  },
  {
    ...{ who: 'sales', customer: 'o-lindenhof', kind: 'call.back', title: 'Call about the new lamp', inDays: 0 },
    done: { outcome: 'customer.reached', note: 'They want to see it first.' },
  },
  { who: 'sales-fr', customer: 'o-northgate', kind: 'call.back', title: 'Ask about the two more sites', inDays: 2 },
  { who: 'sales-cn', customer: 'o-huaxing', kind: 'contract.prepare', title: '准备续约合同', inDays: 7 },
  {
    who: 'service',
    customer: 'p-sofia-keller',
    kind: 'call.back',
    title: 'Arrange for the chair to be fetched',
    inDays: 0,
    priority: 'URGENT',
  },
  { who: 'analyst', kind: 'todo', title: 'Report on classes', inDays: 4 },
  { who: 'privacy_officer', kind: 'todo', title: 'Review the retention periods', inDays: 14 },
  {
    who: 'logistics',
    customer: 'o-northgate',
    kind: 'complaint.check',
    title: 'Find out why the lamps were late',
    inDays: 3,
  },
  { who: 'globex-admin', kind: 'todo', title: '检查账号权限', inDays: 5 },
  { who: 'globex-manager', kind: 'todo', title: '准备季度会议', inDays: 3 },
  { who: 'globex-sales', customer: 'o-huaxing', kind: 'call.back', title: '电话回访客户', inDays: 1 },
]

/**
 * Tasks of those demo users and teams that the tenant has, about customers that the caller reaches; those about none only where they
 * reach all customers, and so see all tasks. What somebody has already stays.
 */
export const ensureTasks = async (
  api: SampleApi,
  customers: ReadonlyMap<string, string>,
  { now, staff, teams }: { now: Date; staff: ReadonlySet<string>; teams: ReadonlySet<string> },
) => {
  const { tasks: known } = await api.query<{ tasks: { nodes: { title: string }[] } }>(
    'query ($titles: [String!]!) { tasks(first: 100, filter: { title: { in: $titles } }) { nodes { title } } }',
    { titles: tasks.map(({ title }) => title) },
  )
  const titles = new Set(known.nodes.map(({ title }) => title))
  for (const { who, customer, inDays, done, ...task } of tasks) {
    const assigned = assigneeOf(who, staff, teams)
    const customerId = customer && customers.get(customer)
    const isSeen = customer ? customerId : customers.size === sampleCustomers.length
    if (!assigned || titles.has(task.title) || !isSeen) continue
    const dueAt = new Date(Math.floor(+now / day) * day + inDays * day + 16 * 3_600_000)
    const remindAt = new Date(+dueAt - 8 * 3_600_000)
    const input = { ...task, ...assigned, ...(customerId && { customerId }), dueAt, remindAt }
    const { id } = await api.change('createTask', 'CreateTaskInput', input)
    if (done) await api.change('completeTask', 'CompleteTaskInput', { id, ...done })
  }
}

const assigneeOf = (who: string, staff: ReadonlySet<string>, teams: ReadonlySet<string>) => {
  if (teams.has(who)) return { teamKey: who }
  const assigneeId = isTeam(who) ? undefined : subjectOf(who)
  return assigneeId && staff.has(assigneeId) ? { assigneeId } : undefined
}

const isTeam = (who: string) => who === 'logistics'
