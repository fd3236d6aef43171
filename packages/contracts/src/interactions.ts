import { automationActionAnsweredBy } from './segmentation/action-events.js'

export * from './interactions/calendar-feeds.js'
export * from './interactions/complaints.js'
export * from './interactions/contacts.js'
export * from './interactions/files.js'
export * from './interactions/notifications.js'
export * from './interactions/tasks.js'
export * from './interactions/visits.js'
export * from './interactions/work-reassignments.js'

export const interactionsAutomationActionAnswered = automationActionAnsweredBy('interactions')
