import { z } from 'zod'
import { ageBand, customerKind, customerStatus, gender, industry, sizeBand } from '../codes.js'
import { event } from '../event.js'
import { limits } from '../limits/index.js'
import { changedFields, country, entity, instant, key, place, staffId } from '../values.js'

const tagKeys = z.array(key).max(limits.tags.most)

const mergedTag = z.object({
  key: key.describe('Key of the tag that was merged.'),
  intoKey: key.describe('Key of the tag that goes on.'),
})

const customer = z.object({
  ...entity('customer'),
  kind: customerKind.describe('Whether the customer is a person or an organisation.'),
  status: customerStatus.describe('Whether the customer is in use or archived.'),
  number: key.optional().describe('Customer number as people quote it.'),
  ownerId: staffId.nullable().describe('Member of staff who looks after the customer.'),
  territory: key.nullable().describe('Path of the sales territory: emea/de.'),
  source: key.nullable().describe('Where the customer came from, as a key: import, web.shop.'),
  tags: tagKeys.describe('Keys of all tags the customer has now.'),
  mergedTags: z
    .array(mergedTag)
    .max(limits.tags.most)
    .optional()
    .describe('Tags that the customer lost to those that they were merged into, where that is the change.'),
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
