import { limits, type TextLimit } from '@clientele/contracts'
import { checkList, checkNumber, checkRequiredText, checkText, type ValidationIssues } from '@clientele/kit'
import type { AutomationActionInput, AutomationAssigneeInput } from './automation.input.js'
import { type AutomationAction, type AutomationAssignee, actionMembers } from './automation-action.js'

/** Members of staff and teams that a definition names, each with its place. */
export interface Named {
  staff: { path: string; name: string }[]
  teams: { path: string; name: string }[]
}

/** An action in the form in which it is stored. */
export const checkAction = (
  issues: ValidationIssues,
  path: string,
  input: AutomationActionInput,
  named: Named,
): AutomationAction => {
  const given = actionMembers.filter((member) => input[member] != null)
  issues.must(given.length === 1, path, 'automation.action', `exactly one of ${actionMembers.join(', ')}`, {
    allowed: actionMembers,
  })
  const { createTask, notify, tag, untag, assign } = input
  if (createTask) {
    return {
      createTask: {
        kind: checkRequiredText(issues, `${path}.createTask.kind`, createTask.kind, limits.code),
        title: checkRequiredText(issues, `${path}.createTask.title`, createTask.title, limits.taskTitle),
        note: checkText(issues, `${path}.createTask.note`, createTask.note, limits.taskNote) ?? null,
        priority: createTask.priority,
        dueInHours: checkNumber(
          issues,
          `${path}.createTask.dueInHours`,
          createTask.dueInHours,
          limits.automationDueHours,
        ),
        inWorkingHours: createTask.inWorkingHours,
        assignee: checkAssignee(issues, `${path}.createTask.assignee`, createTask.assignee, named),
      },
    }
  }
  if (notify) {
    const text = checkRequiredText(issues, `${path}.notify.text`, notify.text, limits.automationText)
    return { notify: { text, to: checkAssignee(issues, `${path}.notify.to`, notify.to, named) } }
  }
  if (tag) return { tag: checkTexts(issues, `${path}.tag`, tag, limits.tagName) }
  if (untag) return { untag: checkTexts(issues, `${path}.untag`, untag, limits.tagName) }
  if (assign) return { assign: checkAssignee(issues, `${path}.assign`, assign, named) }
  return {}
}

const checkTexts = (issues: ValidationIssues, path: string, given: readonly string[], limit: TextLimit) =>
  (checkList(issues, path, given, limits.automationTags) ?? []).map((text, at) =>
    checkRequiredText(issues, `${path}.${at}`, text, limit),
  )

const checkAssignee = (
  issues: ValidationIssues,
  path: string,
  { owner, teamKey, staffId }: AutomationAssigneeInput,
  named: Named,
): AutomationAssignee => {
  const given = [owner === true, teamKey != null, staffId != null].filter(Boolean).length
  issues.must(given === 1, path, 'automation.assignee', 'exactly one: the owner, a team, or a member of staff')
  if (teamKey != null) {
    const name = checkRequiredText(issues, `${path}.teamKey`, teamKey, limits.key)
    named.teams.push({ path: `${path}.teamKey`, name })
    return { teamKey: name }
  }
  if (staffId != null) {
    const name = checkRequiredText(issues, `${path}.staffId`, staffId, limits.subject)
    named.staff.push({ path: `${path}.staffId`, name })
    return { staffId: name }
  }
  return { owner: true }
}
