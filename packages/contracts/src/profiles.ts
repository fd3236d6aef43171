import { z } from 'zod'
import {
  ageBand,
  customerKind,
  customerStatus,
  gender,
  industry,
  purchaseKind,
  purchaseStatus,
  sizeBand,
} from './codes.js'
import { event } from './event.js'
import { fileEvents } from './file-events.js'
import { taskRequestedBy } from './interactions/task-requested.js'
import { limits } from './limits/index.js'
import {
  businessCalendar,
  calendarExample,
  exchangeRates,
  ratesExample,
  settingsExample,
  tenantSettings,
} from './replicas/settings.js'
import { automationActionAnsweredBy } from './segmentation/automation-action.js'
import {
  changedFields,
  code,
  country,
  customerId,
  day,
  entity,
  entityId,
  instant,
  key,
  language,
  money,
  place,
  staffId,
  timeZone,
} from './values.js'

export {
  bulkChangeCancelled,
  bulkChangeFinished,
  bulkChangeStarted,
  bulkChangeUndone,
  bulkChangeUndoStarted,
} from './profiles/bulk-changes.js'

const tagKeys = z.array(key).max(limits.tags.most)

const customer = z.object({
  ...entity('customer'),
  kind: customerKind.describe('Whether the customer is a person or an organisation.'),
  status: customerStatus.describe('Whether the customer is in use or archived.'),
  number: key.optional().describe('Customer number as people quote it.'),
  ownerId: staffId.nullable().describe('Member of staff who looks after the customer.'),
  territory: key.nullable().describe('Path of the sales territory: emea/de.'),
  source: key.nullable().describe('Where the customer came from, as a key: import, web.shop.'),
  tags: tagKeys.describe('Keys of all tags the customer has now.'),
  createdAt: instant.describe('When the record was created.'),
  country: country.nullable().optional().describe('Country of the main address, ISO 3166-1; null: not known.'),
  region: place.nullable().optional().describe('State, province or region of the main address, as written.'),
  city: place.nullable().optional().describe('City of the main address, as written.'),
  industry: industry.nullable().optional().describe('Industry of an organisation, a section of ISIC.'),
  sizeBand: sizeBand.nullable().optional().describe('How many people an organisation employs.'),
  ageBand: ageBand.nullable().optional().describe('Age of a person on the first day of the month.'),
  gender: gender.nullable().optional().describe('Gender as the person states it.'),
})

const customerExample = {
  id: '0199a1b2-0000-7000-8000-000000000001',
  version: 1,
  kind: 'ORGANIZATION' as const,
  status: 'ACTIVE' as const,
  number: 'C-000042',
  ownerId: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  territory: 'emea/de',
  source: 'import',
  tags: ['wholesale'],
  createdAt: '2026-03-02T08:15:00.000Z',
  country: 'DE',
  region: 'Bayern',
  city: 'München',
  industry: 'MANUFACTURING' as const,
  sizeBand: 'FROM_50_TO_249' as const,
  ageBand: null,
  gender: null,
}

export const customerCreated = event(
  'clientele.profiles.customer.created.v1',
  'A customer was entered, imported or synchronised for the first time.',
  customer,
  customerExample,
)

export const customerUpdated = event(
  'clientele.profiles.customer.updated.v1',
  'Details of a customer changed, contact points and addresses included.',
  customer.extend({ changedFields }),
  { ...customerExample, version: 2, changedFields: ['territory', 'contactPoints'] },
)

export const customerArchived = event(
  'clientele.profiles.customer.archived.v1',
  'A customer was taken out of use and kept.',
  customer,
  { ...customerExample, version: 3, status: 'ARCHIVED' },
)

export const customerRestored = event(
  'clientele.profiles.customer.restored.v1',
  'An archived customer was taken back into use.',
  customer,
  { ...customerExample, version: 4 },
)

export const customerTagged = event(
  'clientele.profiles.customer.tagged.v1',
  'A customer was given one or more tags.',
  customer.extend({ changed: tagKeys.describe('Keys of the tags that were added.') }),
  { ...customerExample, version: 5, tags: ['wholesale', 'vip'], changed: ['vip'] },
)

export const customerUntagged = event(
  'clientele.profiles.customer.untagged.v1',
  'One or more tags were taken from a customer.',
  customer.extend({ changed: tagKeys.describe('Keys of the tags that were removed.') }),
  { ...customerExample, version: 6, changed: ['vip'] },
)

const tag = z.object({
  ...entity('tag'),
  key: key.describe('Key of the tag, which customers have among their tags; it never changes.'),
  isRetired: z.boolean().describe('Whether it is given no longer.'),
})

const tagExample = { id: '0199a1b2-0000-7000-8000-000000000004', version: 2, key: 'vip', isRetired: false }

export const tagUpdated = event(
  'clientele.profiles.tag.updated.v1',
  'Name, colour or description of a tag changed.',
  tag.extend({ changedFields }),
  { ...tagExample, changedFields: ['name'] },
)

export const tagRetired = event('clientele.profiles.tag.retired.v1', 'A tag is given no longer.', tag, {
  ...tagExample,
  version: 3,
  isRetired: true,
})

export const tagRestored = event('clientele.profiles.tag.restored.v1', 'A tag is given again.', tag, {
  ...tagExample,
  version: 4,
})

export const tagMerged = event(
  'clientele.profiles.tag.merged.v1',
  'A tag was merged into another one, which customers get in its place; each of them has an event of its own.',
  tag.extend({ intoKey: key.describe('Key of the tag that goes on.') }),
  { ...tagExample, version: 5, key: 'v.i.p.', intoKey: 'vip' },
)

export const {
  staged: customerFileStaged,
  attached: customerFileAttached,
  refused: customerFileRefused,
  removed: customerFileRemoved,
} = fileEvents('profiles', 'customer', { customerId }, { customerId: customerExample.id })

const purchase = z.object({
  ...entity('purchase'),
  customerId,
  kind: purchaseKind.describe('Whether it is a sale or the cancellation of one.'),
  status: purchaseStatus.describe('Whether it counts; one that is VOIDED counts for nothing.'),
  orderedAt: instant.describe('When the customer ordered or cancelled.'),
  channel: code.nullable().describe('Code of the sales channel.'),
  total: money.describe('Sum of all lines, negative for a cancellation.'),
  lineCount: z.int().min(0).describe('Number of lines.'),
})

const purchaseExample = {
  id: '0199a1b2-0000-7000-8000-000000000002',
  version: 1,
  customerId: customerExample.id,
  kind: 'SALE' as const,
  status: 'RECORDED' as const,
  orderedAt: '2026-03-03T10:00:00.000Z',
  channel: 'shop',
  total: { amount: '440.00', currency: 'EUR' },
  lineCount: 3,
}

export const purchaseRecorded = event(
  'clientele.profiles.purchase.recorded.v1',
  'A sale to a customer, or its cancellation, was recorded.',
  purchase,
  purchaseExample,
)

export const purchaseCorrected = event(
  'clientele.profiles.purchase.corrected.v1',
  'A recorded purchase was corrected, by hand or by an import that says something else.',
  purchase.extend({ changedFields }),
  { ...purchaseExample, version: 2, lineCount: 4, changedFields: ['lines'] },
)

export const purchaseVoided = event(
  'clientele.profiles.purchase.voided.v1',
  'A purchase was declared void: it was entered by mistake and counts for nothing. Its amounts are those that counted before.',
  purchase,
  { ...purchaseExample, version: 3, status: 'VOIDED' },
)

const staffEntityId = entityId.describe('Identifier of a member of staff.')

const staff = z.object({
  ...entity('member of staff'),
  sub: staffId.describe("The identity provider's `sub`: what tokens, owners and assignees name them by."),
  active: z.boolean().describe('Whether they work here; false once they have left.'),
  teams: z.array(key).max(limits.staffTeams.most).describe('Keys of all teams that they are in.'),
  territories: z
    .array(key)
    .max(limits.staffTerritories.most)
    .describe('Paths of the territories that they work in; `*` is the whole tree.'),
  roles: z
    .array(code)
    .max(limits.staffRoles.most)
    .nullish()
    .describe('The roles that they have here; null where the identity provider has not told.'),
  substitute: staffEntityId.nullable().describe('Who stands in for them; null where nobody is named.'),
  absences: z
    .array(
      z.object({
        from: day.describe('First day of the absence, in their time zone.'),
        until: day.describe('Last day of the absence.'),
      }),
    )
    .max(limits.absences.most)
    .describe('When they are away, past absences included.'),
  language: language.nullable().describe('Tag of the language that they read (BCP 47); null where it is not known.'),
  timeZone: timeZone.nullable().describe('Name of their time zone (IANA); null where it is not known.'),
})

const staffExample = {
  id: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  version: 1,
  sub: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  active: true,
  teams: ['complaints.emea'],
  territories: ['emea/de'],
  roles: ['manager'],
  substitute: '0199a1b2-0000-7000-8000-000000000003',
  absences: [{ from: '2026-08-03', until: '2026-08-14' }],
  language: 'de',
  timeZone: 'Europe/Berlin',
}

export const staffRecorded = event(
  'clientele.profiles.staff.recorded.v1',
  'A member of staff was seen in the identity provider, or entered by hand, for the first time.',
  staff,
  staffExample,
)

export const staffChanged = event(
  'clientele.profiles.staff.changed.v1',
  'Something about a member of staff changed, teams and absences included.',
  staff.extend({ changedFields }),
  { ...staffExample, version: 2, changedFields: ['absences'] },
)

export const staffLeft = event(
  'clientele.profiles.staff.left.v1',
  'A member of staff has left: nothing new is given to them, and what they did keeps their identifier.',
  staff,
  { ...staffExample, version: 3, active: false },
)

export const staffReturned = event(
  'clientele.profiles.staff.returned.v1',
  'A member of staff who had left works here again.',
  staff,
  { ...staffExample, version: 4 },
)

const team = z.object({
  ...entity('team'),
  key: key.describe('Key of the team, unique in the tenant.'),
  lead: staffEntityId.nullable().describe('Who leads the team; null where nobody does.'),
  members: z.array(staffEntityId).max(limits.teamMembers.most).describe('Identifiers of all members.'),
  territory: key.nullable().describe('Path of the territory that the team works for; null where it has none.'),
  active: z.boolean().describe('Whether the team is in use.'),
})

const teamExample = {
  id: '0199a1b2-0000-7000-8000-000000000004',
  version: 1,
  key: 'complaints.emea',
  lead: staffExample.id,
  members: [staffExample.id],
  territory: 'emea',
  active: true,
}

export const teamCreated = event('clientele.profiles.team.created.v1', 'A team was set up.', team, teamExample)

export const teamChanged = event(
  'clientele.profiles.team.changed.v1',
  'Members, lead or details of a team changed.',
  team.extend({ changedFields }),
  { ...teamExample, version: 2, changedFields: ['members'] },
)

export const teamArchived = event(
  'clientele.profiles.team.archived.v1',
  'A team was taken out of use and kept.',
  team,
  { ...teamExample, version: 3, active: false },
)

export const tenantSettingsChanged = event(
  'clientele.profiles.tenant_settings.changed.v1',
  'The settings of the tenant were made with their defaults, or changed.',
  tenantSettings,
  settingsExample,
)

export const calendarSaved = event(
  'clientele.profiles.calendar.saved.v1',
  'A calendar of working time was made or changed, its holidays included.',
  businessCalendar,
  calendarExample,
)

export const calendarArchived = event(
  'clientele.profiles.calendar.archived.v1',
  'A calendar of working time was taken out of use.',
  businessCalendar,
  { ...calendarExample, version: 2, status: 'ARCHIVED' },
)

export const exchangeRatesChanged = event(
  'clientele.profiles.exchange_rates.changed.v1',
  'The latest rate of some pair of currencies changed: a new day was recorded, or a rate was corrected.',
  exchangeRates,
  ratesExample,
)

export const profilesTaskRequested = taskRequestedBy('profiles')

export const profilesAutomationActionAnswered = automationActionAnsweredBy('profiles')
