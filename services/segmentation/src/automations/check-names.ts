import { tagKey } from '@clientele/contracts'
import { arrayParameter, type Transaction, type ValidationIssues } from '@clientele/kit'
import { staff } from '../staff/staff.actions.js'
import type { Named } from './check-action.js'

const TEAMS = 'query ($keys: [String!]!) { teamsByKey(keys: $keys) { key active members { active } } }'

interface TeamFound {
  key: string
  active: boolean
  members: { active: boolean }[]
}
const TAGS = '{ tags { key name retiredAt } }'

/** Who has left, what is unknown and what is retired is an issue at its place. Throws UNAVAILABLE where profiles cannot be asked. */
export const refuseUnknownNames = async (tx: Transaction, issues: ValidationIssues, named: Named): Promise<void> => {
  // What is wrong already is no question to anybody.
  if (issues.found.length) return
  await refuseStaff(tx, issues, named.staff)
  if (named.teams.length) await refuseTeams(tx, issues, named.teams)
  if (named.tags.length) await refuseRetiredTags(tx, issues, named.tags)
}

const refuseStaff = async (tx: Transaction, issues: ValidationIssues, named: Named['staff']) => {
  const members = await staff.find(tx, [...new Set(named.map(({ name }) => name))])
  for (const { path, name } of named) {
    const found = members.get(name)
    if (!found) issues.add(path, 'staff.unknown', 'the subject of a member of staff, as `staff` lists them')
    else issues.must(found.active, path, 'staff.left', 'the subject of a member of staff who works here')
  }
}

const refuseTeams = async (tx: Transaction, issues: ValidationIssues, named: Named['teams']) => {
  const keys = [...new Set(named.map(({ name }) => name))]
  const { teamsByKey } = await tx.ask<{ teamsByKey: (TeamFound | null)[] }>('profiles', TEAMS, { keys })
  const teams = new Map(teamsByKey.flatMap((team) => (team ? [[team.key, team]] : [])))
  for (const { path, name } of named) {
    const found = teams.get(name)
    if (!found) issues.add(path, 'team.unknown', 'the key of a team, as `teams` lists them')
    else if (!found.active) issues.add(path, 'team.archived', 'the key of a team that is in use')
    else {
      const isStaffed = found.members.some(({ active }) => active)
      issues.must(isStaffed, path, 'team.nobody', 'the key of a team in which somebody works')
    }
  }
}

/** A name is that of a tag now, its first one, or that of a tag that was merged into it. One that is nobody's yet becomes a tag. */
const refuseRetiredTags = async (tx: Transaction, issues: ValidationIssues, named: Named['tags']) => {
  const { tags } = await tx.ask<{ tags: { key: string; name: string; retiredAt: string | null }[] }>('profiles', TAGS)
  const retired = new Set(tags.flatMap(({ key, name, retiredAt }) => (retiredAt === null ? [] : [key, tagKey(name)])))
  const merged = await tx.em.execute<{ key: string; into: string }[]>(
    'select key, into_key as into from merged_tag where key = any(?::text[])',
    [arrayParameter(new Set(named.map(({ name }) => tagKey(name))))],
  )
  const into = new Map(merged.map((row) => [row.key, row.into]))
  for (const { path, name } of named) {
    const key = tagKey(name)
    issues.must(!retired.has(into.get(key) ?? key), path, 'tag.retired', 'a tag that is given')
  }
}
