import { z } from 'zod'
import { event } from '../event.js'
import { limits } from '../limits/index.js'
import { changedFields, entity, key, staffRecordId } from '../values.js'

const team = z.object({
  ...entity('team'),
  key: key.describe('Key of the team, unique in the tenant.'),
  lead: staffRecordId.nullable().describe('Who leads the team; null where nobody does.'),
  members: z.array(staffRecordId).max(limits.teamMembers.most).describe('Identifiers of all members.'),
  territory: key.nullable().describe('Path of the territory that the team works for; null where it has none.'),
  active: z.boolean().describe('Whether the team is in use.'),
})

const teamExample = {
  id: '0199a1b2-0000-7000-8000-000000000004',
  version: 1,
  key: 'complaints.emea',
  lead: '5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11',
  members: ['5f0c2a54-6c1d-4a7e-9a51-2f6f6f1f0a11'],
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
