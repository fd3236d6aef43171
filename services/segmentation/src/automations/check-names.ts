import type { Transaction, ValidationIssues } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import type { Named } from './check-action.js'

const TEAMS = 'query ($keys: [String!]!) { teamsByKey(keys: $keys) { key active } }'

/** Who has left and what is unknown is an issue at its place. Throws UNAVAILABLE where profiles cannot be asked. */
export const refuseUnknownNames = async (tx: Transaction, issues: ValidationIssues, named: Named): Promise<void> => {
  // What is wrong already is no question to anybody.
  if (issues.found.length) return
  const members = await staff.find(tx, [...new Set(named.staff.map(({ name }) => name))])
  for (const { path, name } of named.staff) {
    const found = members.get(name)
    if (!found) issues.add(path, 'staff.unknown', 'the subject of a member of staff')
    else issues.must(found.active, path, 'staff.left', 'the subject of a member of staff who works here')
  }
  if (!named.teams.length) return
  const keys = [...new Set(named.teams.map(({ name }) => name))]
  const { teamsByKey } = await tx.ask<{ teamsByKey: ({ key: string; active: boolean } | null)[] }>('profiles', TEAMS, {
    keys,
  })
  const teams = new Map(teamsByKey.flatMap((team) => (team ? [[team.key, team]] : [])))
  for (const { path, name } of named.teams) {
    const found = teams.get(name)
    if (!found) issues.add(path, 'team.unknown', 'the key of a team')
    else issues.must(found.active, path, 'team.archived', 'the key of a team that is in use')
  }
}
