import { teamArchived, teamChanged, teamCreated } from '../profiles.js'

/** What a service other than profiles keeps of a team; its members are told by theirs. */
export interface ReplicatedTeam {
  id: string
  version: number
  key: string
  /** Path of the territory that it works for. */
  territory: string | null
  active: boolean
}

/** How services keep a local replica of the teams, which are named by their keys. */
export const teamReplica = {
  concept: 'team',
  columns: { key: 'text', territory: 'text', active: 'boolean' },
  named: { by: 'key' },
  owner: { service: 'profiles', query: 'teamsByKey', argument: { name: 'keys', type: 'String' } },
  events: [teamCreated, teamChanged, teamArchived],
  isArchived: ({ active }: ReplicatedTeam) => !active,
} as const
