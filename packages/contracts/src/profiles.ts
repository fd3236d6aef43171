import { taskRequestedBy } from './interactions/task-requested.js'
import { automationActionAnsweredBy } from './segmentation/action-events.js'

export * from './profiles/bulk-changes.js'
export * from './profiles/customer-files.js'
export * from './profiles/customers.js'
export * from './profiles/purchases.js'
export * from './profiles/settings.js'
export * from './profiles/staff.js'
export * from './profiles/tags.js'
export * from './profiles/teams.js'

export const profilesTaskRequested = taskRequestedBy('profiles')
export const profilesAutomationActionAnswered = automationActionAnsweredBy('profiles')
