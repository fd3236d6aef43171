import { z } from 'zod'
import { event } from '../event.js'
import { limits } from '../limits/index.js'
import { changedFields, code, day, entity, key, language, staffId, staffRecordId, timeZone } from '../values.js'

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
  substitute: staffRecordId.nullable().describe('Who stands in for them; null where nobody is named.'),
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
