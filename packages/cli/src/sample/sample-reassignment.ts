import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'
import { subjectOf } from './sample-staff.js'

const day = 86_400_000

/** Demo users who have something to do that is handed over, and who gets it. */
const given = [
  { from: 'sales-fr', to: 'sales', title: 'Prepare the fair in Lyon 🎪' },
  { from: 'globex-sales', to: 'globex-manager', title: '准备广州展会' },
]

/**
 * A task that somebody had is handed over with all of their work, which is that task alone: this comes before the other tasks. Where any was
 * handed over already, or the caller may hand over none, it is left out.
 */
export const ensureReassignment = async (api: SampleApi, { now, staff }: { now: Date; staff: ReadonlySet<string> }) => {
  const pair = given.find(({ from, to }) => staff.has(subjectOf(from)) && staff.has(subjectOf(to)))
  if (!pair || (await isHandedOver(api))) return
  const [fromId, assigneeId] = [subjectOf(pair.from), subjectOf(pair.to)]
  const { tasks } = await api.query<{ tasks: { nodes: object[] } }>(
    'query ($title: String!) { tasks(first: 1, filter: { title: { eq: $title } }) { nodes { id } } }',
    { title: pair.title },
  )
  if (!tasks.nodes.length) {
    const task = { kind: 'fair.prepare', title: pair.title, assigneeId: fromId, dueAt: new Date(+now + 21 * day) }
    await api.change('createTask', 'CreateTaskInput', task)
  }
  await api.change('reassignWork', 'ReassignWorkInput', { fromId, assigneeId, kinds: ['TASKS'] })
}

const isHandedOver = async (api: SampleApi) => {
  try {
    const known = await api.query<{ workReassignments: { nodes: object[] } }>(
      '{ workReassignments(first: 1) { nodes { id } } }',
    )
    return known.workReassignments.nodes.length > 0
  } catch (error) {
    if (error instanceof ApiError && error.code === 'FORBIDDEN') return true
    throw error
  }
}
