import type { Transaction, ValidationIssues } from '@clientele/kit'
import { checkStaff, checkTeam } from '../staff/check-staff.js'
import type { Task } from './task.entity.js'

type Assigned = Pick<Task, 'assigneeId' | 'teamKey'>

/** Who does a task: a member of staff or a team, never both; `otherwise` where neither is given. A team that it has already may be named again. */
export const checkAssignee = async (
  tx: Transaction,
  issues: ValidationIssues,
  given: { assigneeId?: string | null | undefined; teamKey?: string | null | undefined },
  { otherwise, current = null }: { otherwise?: string; current?: string | null } = {},
): Promise<Assigned> => {
  if (given.teamKey != null && given.assigneeId != null) {
    issues.add('teamKey', 'task.two_assignees', 'a team or one member of staff, not both')
  }
  if (given.teamKey != null) {
    return { assigneeId: null, teamKey: await checkTeam(tx, issues, 'teamKey', given.teamKey, { current }) }
  }
  const assigneeId = await checkStaff(tx, issues, 'assigneeId', given.assigneeId ?? otherwise)
  if (assigneeId === null) issues.add('assigneeId', 'task.no_assignee', 'a member of staff, or a team')
  return { assigneeId, teamKey: null }
}
