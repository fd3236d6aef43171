import { demoUsers } from '@clientele/embedded'
import { ApiError } from '../api/api-error.js'
import type { SampleApi } from './sample-api.js'

/** The subject of a demo user, whom the realm of each installation knows by the same. */
export const subjectOf = (name: string): string => {
  const user = demoUsers.find((each) => each.name === name)
  if (!user) throw new Error(`There is no demo user called ${name}.`)
  return user.subject
}

/** Those of the demo users who work in the tenant of the caller, by their subjects: elsewhere nobody looks after the sample's customers. */
export const sampleStaff = async (api: SampleApi): Promise<ReadonlySet<string>> => {
  const ids = demoUsers.map(({ subject }) => subject)
  const { staffById } = await api.query<{ staffById: ({ subject: string; active: boolean } | null)[] }>(
    'query ($ids: [ID!]!) { staffById(ids: $ids) { subject active } }',
    { ids },
  )
  return new Set(staffById.flatMap((one) => (one?.active ? [one.subject] : [])))
}

const teams = [
  { key: 'logistics', name: '物流 Logistics', members: ['service'] },
  { key: 'quality', name: '质量 Quality', members: ['service', 'manager'] },
]

/** The keys of the sample's teams that there are; those that are missing are set up by whoever may. */
export const ensureTeams = async (api: SampleApi, staff: ReadonlySet<string>): Promise<ReadonlySet<string>> => {
  const keys = teams.map(({ key }) => key)
  const { teamsByKey } = await api.query<{ teamsByKey: ({ key: string; active: boolean } | null)[] }>(
    'query ($keys: [String!]!) { teamsByKey(keys: $keys) { key active } }',
    { keys },
  )
  const found = new Set(teamsByKey.flatMap((team) => (team?.active ? [team.key] : [])))
  for (const [at, { members, ...team }] of teams.entries()) {
    if (teamsByKey[at]) continue
    try {
      const memberIds = members.map(subjectOf).filter((subject) => staff.has(subject))
      await api.change('createTeam', 'CreateTeamInput', { ...team, memberIds })
      found.add(team.key)
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'FORBIDDEN')) throw error
    }
  }
  return found
}
