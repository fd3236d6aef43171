import type { AutomationActionKind, TaskPriority } from '../codes.js'

/** Whom an action is for: exactly one is given. `assigneeId` is the subject of a member of staff. */
export interface AutomationAssignee {
  owner?: true
  teamKey?: string
  assigneeId?: string
}

/** A task that an automation has created. */
export interface AutomationTask {
  kind: string
  title: string
  note: string | null
  priority: TaskPriority
  dueInHours: number
  inWorkingHours: boolean
  assignee: AutomationAssignee
}

/** What an automation tells somebody in the app. */
export interface AutomationNotice {
  text: string
  to: AutomationAssignee
}

/** Who is to look after a customer: exactly one is given. */
export interface AutomationOwner {
  ownerId?: string
  teamKey?: string
}

/** What an automation does, as segmentation stores it and tells it to whoever does it: exactly one member is given. */
export interface AutomationAction {
  createTask?: AutomationTask
  notify?: AutomationNotice
  tag?: string[]
  untag?: string[]
  assign?: AutomationOwner
}

const kinds = {
  createTask: 'CREATE_TASK',
  notify: 'NOTIFY',
  tag: 'TAG',
  untag: 'UNTAG',
  assign: 'ASSIGN',
} as const satisfies Record<keyof AutomationAction, AutomationActionKind>

/** The kinds of action, by the member that says one. */
export const automationActionMembers = Object.keys(kinds) as (keyof AutomationAction)[]

/** Whether an action is for whoever looks after the customer, so that it follows an `assign` beside it. */
export const isForOwner = ({ createTask, notify }: AutomationAction): boolean =>
  (createTask?.assignee ?? notify?.to)?.owner === true

/** Of what kind an action is. */
export const kindOfAutomationAction = (action: AutomationAction): AutomationActionKind =>
  kinds[automationActionMembers.find((member) => action[member] !== undefined) as keyof AutomationAction]
