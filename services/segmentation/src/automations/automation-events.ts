import {
  complaintAssessed,
  complaintClosed,
  complaintReceived,
  complaintReopened,
  customerArchived,
  customerCreated,
  customerRestored,
  customerTagged,
  customerUntagged,
  customerUpdated,
  membershipEntered,
  membershipExited,
  purchaseRecorded,
  responseCompleted,
  visitCancelled,
  visitCompleted,
} from '@clientele/contracts'
import { registerEnumType } from 'type-graphql'
import type { EventField } from './event-vocabulary.js'

const ofComplaints = ['severity', 'category', 'channel'] as const

interface Happening {
  /** Of the event that tells it; absent where it is no event of anybody. */
  type?: string
  description: string
  fields: readonly EventField[]
}

const happening = ({ type }: { type: string }, description: string, fields: readonly EventField[] = []): Happening => ({
  type,
  description,
  fields,
})

/** What may set an automation off, by the names that they have here, with what conditions on it can be about. */
export const automationEvents = {
  CUSTOMER_CREATED: happening(customerCreated, 'A customer was entered.'),
  CUSTOMER_UPDATED: happening(customerUpdated, 'Something about a customer changed.'),
  CUSTOMER_ARCHIVED: happening(customerArchived, 'A customer was taken out of use.'),
  CUSTOMER_RESTORED: happening(customerRestored, 'A customer was taken back into use.'),
  CUSTOMER_TAGGED: happening(customerTagged, 'A customer was given tags.'),
  CUSTOMER_UNTAGGED: happening(customerUntagged, 'Tags were taken from a customer.'),
  PURCHASE_RECORDED: happening(purchaseRecorded, 'A customer bought, or cancelled.', ['channel', 'amount', 'currency']),
  COMPLAINT_RECEIVED: happening(complaintReceived, 'A customer complained.', ofComplaints),
  COMPLAINT_ASSESSED: happening(complaintAssessed, 'The severity of a complaint was judged.', ofComplaints),
  COMPLAINT_CLOSED: happening(complaintClosed, 'A complaint was closed.', ofComplaints),
  COMPLAINT_REOPENED: happening(complaintReopened, 'A complaint was taken up again.', ofComplaints),
  VISIT_COMPLETED: happening(visitCompleted, 'A customer was visited.', ['mode']),
  VISIT_CANCELLED: happening(visitCancelled, 'A visit was called off.', ['mode']),
  RESPONSE_COMPLETED: happening(responseCompleted, 'A customer answered a survey.', ['nps', 'csat', 'ces']),
  SEGMENT_ENTERED: happening(membershipEntered, 'A customer became a member of a segment.'),
  SEGMENT_EXITED: happening(membershipExited, 'A customer ceased to be a member of a segment.'),
  SCHEDULED: { description: 'A moment of the schedule came.', fields: [] } as Happening,
}

export type AutomationEventName = keyof typeof automationEvents

const names = Object.keys(automationEvents) as AutomationEventName[]

export const AutomationEvent = Object.fromEntries(names.map((name) => [name, name])) as {
  [Name in AutomationEventName]: Name
}
registerEnumType(AutomationEvent, {
  name: 'AutomationEvent',
  description: 'What may set an automation off.',
  valuesConfig: Object.fromEntries(names.map((name) => [name, { description: automationEvents[name].description }])),
})

const byType = new Map(names.map((name) => [automationEvents[name].type, name] as const))

/** The name that an event of this type has here; undefined where it sets nothing off. */
export const automationEventOf = (type: string): AutomationEventName | undefined => byType.get(type)
