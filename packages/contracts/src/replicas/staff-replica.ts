import { staffChanged, staffLeft, staffRecorded, staffReturned } from '../profiles.js'
import { staffEntityId } from './staff-id.js'
import type { Substitutable } from './substitutes.js'

/** What a service other than profiles keeps of a member of staff. */
export interface ReplicatedStaff extends Substitutable {
  version: number
  /** What tokens, owners and assignees name them by. */
  sub: string
  /** Keys of the teams that they are in. */
  teams: readonly string[]
  /** Paths of the territories that they work in; `*` is the whole tree. */
  territories: readonly string[]
  /** The roles that they have at present; null where the identity provider has not told. */
  roles: readonly string[] | null
  /** BCP 47. */
  language: string | null
}

/**
 * How services keep a local replica of the staff: by these events, and by asking profiles for those whose events have not arrived yet. Ids are
 * those that `staffEntityId` makes of the subjects that owners and assignees are named by.
 */
export const staffReplica = {
  concept: 'staff',
  columns: {
    sub: 'text',
    active: 'boolean',
    teams: 'jsonb',
    territories: 'jsonb',
    roles: 'jsonb',
    substitute: 'uuid',
    absences: 'jsonb',
    language: 'text',
    timeZone: 'text',
  },
  /** What profiles calls that which is no field of the same name. */
  selections: {
    sub: 'sub: subject',
    teams: 'teams: teamKeys',
    substitute: 'substitute: substituteId',
    absences: 'absences { from until }',
  },
  named: { by: 'id', value: staffEntityId },
  owner: { service: 'profiles', query: 'staffById' },
  events: [staffRecorded, staffChanged, staffLeft, staffReturned],
  isArchived: ({ active }: ReplicatedStaff) => !active,
} as const
