import type { AutomationActionKind } from '@clientele/contracts'

/** Whom an action is for: exactly one is given. */
export interface AutomationAssignee {
  owner?: true
  teamKey?: string
  staffId?: string
}

/** What an automation does, as it is stored: exactly one member is given. */
export interface AutomationAction {
  createTask?: {
    kind: string
    title: string
    note: string | null
    priority: string
    dueInHours: number
    inWorkingHours: boolean
    assignee: AutomationAssignee
  }
  notify?: { text: string; to: AutomationAssignee }
  tag?: string[]
  untag?: string[]
  assign?: { staffId?: string; teamKey?: string }
}

const kinds = {
  createTask: 'CREATE_TASK',
  notify: 'NOTIFY',
  tag: 'TAG',
  untag: 'UNTAG',
  assign: 'ASSIGN',
} as const satisfies Record<keyof AutomationAction, AutomationActionKind>

/** The kinds of action, by the member that says one. */
export const actionMembers = Object.keys(kinds) as (keyof AutomationAction)[]

/** Of what kind an action is. */
export const kindOf = (action: AutomationAction): AutomationActionKind =>
  kinds[actionMembers.find((member) => action[member] !== undefined) as keyof AutomationAction]
