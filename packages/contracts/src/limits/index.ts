import { events } from './events.js'
import { deliveries } from './integrations/deliveries.js'
import { externalRefs } from './integrations/external-refs.js'
import { webhookEndpoints } from './integrations/webhook-endpoints.js'
import { complaints } from './interactions/complaints.js'
import { contacts } from './interactions/contacts.js'
import { corrections } from './interactions/corrections.js'
import { notifications } from './interactions/notifications.js'
import { tasks } from './interactions/tasks.js'
import { visits } from './interactions/visits.js'
import { workReassignments } from './interactions/work-reassignments.js'
import { addresses } from './profiles/addresses.js'
import { bulkChanges } from './profiles/bulk-changes.js'
import { calendars } from './profiles/calendars.js'
import { contactPeople } from './profiles/contact-people.js'
import { contactPoints } from './profiles/contact-points.js'
import { customers } from './profiles/customers.js'
import { directory } from './profiles/directory.js'
import { files } from './profiles/files.js'
import { imports } from './profiles/imports.js'
import { purchases } from './profiles/purchases.js'
import { rates } from './profiles/rates.js'
import { search } from './profiles/search.js'
import { settings } from './profiles/settings.js'
import { tags } from './profiles/tags.js'
import { teams } from './profiles/teams.js'
import { requests } from './requests.js'
import { automations } from './segmentation/automations.js'
import { breakdowns } from './segmentation/breakdowns.js'
import { rules } from './segmentation/rules.js'
import { segments } from './segmentation/segments.js'
import { answers } from './surveys/answers.js'
import { invitations } from './surveys/invitations.js'
import { questions } from './surveys/questions.js'
import { surveys } from './surveys/surveys.js'
import { values } from './values.js'

export { charactersOf } from './characters.js'
export { type ListLimit, type NumberLimit, patternOf, type TextForm, type TextLimit, type TimeLimit } from './limit.js'

/**
 * What values may be: the one definition of each limit, in the folder of its service, in the file that is called as the concept's folder there. Input checks,
 * imports, jobs, descriptions in the schema and event contracts are made from it; CHECKs of the databases are held against it by tests.
 */
export const limits = {
  ...addresses,
  ...answers,
  ...automations,
  ...breakdowns,
  ...bulkChanges,
  ...calendars,
  ...complaints,
  ...contactPeople,
  ...contactPoints,
  ...contacts,
  ...corrections,
  ...customers,
  ...deliveries,
  ...directory,
  ...events,
  ...externalRefs,
  ...files,
  ...imports,
  ...invitations,
  ...notifications,
  ...purchases,
  ...questions,
  ...rates,
  ...requests,
  ...rules,
  ...search,
  ...segments,
  ...settings,
  ...surveys,
  ...tags,
  ...tasks,
  ...teams,
  ...values,
  ...visits,
  ...webhookEndpoints,
  ...workReassignments,
} as const
