import {
  type AutomationAction,
  type AutomationAssignee,
  type AutomationOwner,
  automationActionMembers,
  limits,
  type TextLimit,
} from '@clientele/contracts'
import { checkList, checkNumber, checkRequiredText, checkText, type ValidationIssues } from '@clientele/kit'
import type { AutomationActionInput, AutomationAssigneeInput, AutomationOwnerInput } from './automation.input.js'

/** Members of staff, teams and tags to be given that a definition names, each with its place. */
export interface Named {
  staff: { path: string; name: string }[]
  teams: { path: string; name: string }[]
  tags: { path: string; name: string }[]
}

/** An action in the form in which it is stored. */
export const checkAction = (
  issues: ValidationIssues,
  path: string,
  input: AutomationActionInput,
  named: Named,
): AutomationAction => {
  const given = automationActionMembers.filter((member) => input[member] != null)
  issues.must(given.length === 1, path, 'automation.action', `exactly one of ${automationActionMembers.join(', ')}`, {
    allowed: automationActionMembers,
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
  if (tag) {
    const names = checkTexts(issues, `${path}.tag`, tag, limits.tagName)
    named.tags.push(...names.map((name, at) => ({ path: `${path}.tag.${at}`, name })))
    return { tag: names }
  }
  if (untag) return { untag: checkTexts(issues, `${path}.untag`, untag, limits.tagName) }
  if (assign) return { assign: checkOwner(issues, `${path}.assign`, assign, named) }
  return {}
}

const checkTexts = (issues: ValidationIssues, path: string, given: readonly string[], limit: TextLimit) =>
  (checkList(issues, path, given, limits.automationTags) ?? []).map((text, at) =>
    checkRequiredText(issues, `${path}.${at}`, text, limit),
  )

const checkAssignee = (
  issues: ValidationIssues,
  path: string,
  { owner, teamKey, assigneeId }: AutomationAssigneeInput,
  named: Named,
): AutomationAssignee => {
  const given = [owner === true, teamKey != null, assigneeId != null].filter(Boolean).length
  issues.must(given === 1, path, 'automation.assignee', 'exactly one: the owner, a team, or a member of staff')
  if (teamKey != null) return { teamKey: checkTeam(issues, `${path}.teamKey`, teamKey, named) }
  if (assigneeId != null) return { assigneeId: checkMember(issues, `${path}.assigneeId`, assigneeId, named) }
  return { owner: true }
}

const checkOwner = (
  issues: ValidationIssues,
  path: string,
  { teamKey, ownerId }: AutomationOwnerInput,
  named: Named,
): AutomationOwner => {
  issues.must((teamKey == null) !== (ownerId == null), path, 'automation.owner', 'either a team or a member of staff')
  if (teamKey != null) return { teamKey: checkTeam(issues, `${path}.teamKey`, teamKey, named) }
  return ownerId == null ? {} : { ownerId: checkMember(issues, `${path}.ownerId`, ownerId, named) }
}

const checkTeam = (issues: ValidationIssues, path: string, given: string, { teams }: Named) => {
  const name = checkRequiredText(issues, path, given, limits.key)
  teams.push({ path, name })
  return name
}

const checkMember = (issues: ValidationIssues, path: string, given: string, { staff }: Named) => {
  const name = checkRequiredText(issues, path, given, limits.subject)
  staff.push({ path, name })
  return name
}
