import { limits } from '@clientele/contracts'
import { arrayParameter, Conflict, type Context, inTurn, type Transaction } from '@clientele/kit'
import { emitChanged } from '../directory/staff-changes.js'
import { staffById } from '../directory/staff-look-up.js'
import { Team } from './team.entity.js'

/** The ids of the members of each team, in the order of the teams; one statement for all. */
export const memberIdsOf = async (em: Context['em'], teams: readonly string[]): Promise<string[][]> => {
  const rows = await em.execute<{ id: string; members: string[] }[]>(
    `select team_id as id, array_agg(staff_id order by staff_id) as members from team_member
     where team_id = any(?::uuid[]) group by team_id`,
    [arrayParameter(teams)],
  )
  const byTeam = new Map(rows.map(({ id, members }) => [id, members]))
  return teams.map((id) => byTeam.get(id) ?? [])
}

/** The teams that each member of staff is in, by key, in the order of the members; two statements for all. */
export const teamsOf = async (em: Context['em'], staff: readonly string[]): Promise<Team[][]> => {
  const rows = await em.execute<{ id: string; teams: string[] }[]>(
    `select staff_id as id, array_agg(team_id) as teams from team_member
     where staff_id = any(?::uuid[]) group by staff_id`,
    [arrayParameter(staff)],
  )
  const byStaff = new Map(rows.map(({ id, teams }) => [id, new Set(teams)]))
  const wanted = [...new Set(rows.flatMap(({ teams }) => teams))]
  const teams = wanted.length ? await em.find(Team, { id: { $in: wanted } }, { orderBy: { key: 'asc' } }) : []
  return staff.map((id) => teams.filter((team) => byStaff.get(id)?.has(team.id)))
}

/**
 * Gives a team these members and nobody else; tells of each who joined or went away. Answers whether anybody did. Throws CONFLICT
 * `team.too_many` where somebody would be in more teams than one may be.
 */
export const setMembers = async (tx: Transaction, team: Team, members: readonly string[]): Promise<boolean> => {
  const [before = []] = await memberIdsOf(tx.em, [team.id])
  const joined = members.filter((id) => !before.includes(id))
  const gone = before.filter((id) => !members.includes(id))
  if (!joined.length && !gone.length) return false
  await inTurn(tx, 'members of teams')
  await tx.em.execute(
    `insert into team_member (team_id, staff_id) select ?, unnest(?::uuid[]) on conflict do nothing`,
    [team.id, arrayParameter(joined)],
  )
  await tx.em.execute('delete from team_member where team_id = ? and staff_id = any(?::uuid[])', [
    team.id,
    arrayParameter(gone),
  ])
  await refuseTooMany(tx, joined)
  const staff = [...(await staffById(tx, [...joined, ...gone])).values()]
  // What changed stands in no column of theirs, and is a change of theirs all the same.
  for (const one of staff) one.updatedAt = new Date(Math.max(tx.now().getTime(), one.updatedAt.getTime() + 1))
  await emitChanged(
    tx,
    staff.map((one) => ({ staff: one, fields: ['teams'] })),
  )
  return true
}

const refuseTooMany = async (tx: Transaction, ids: readonly string[]) => {
  const { most } = limits.staffTeams
  const [full] = await tx.em.execute<{ id: string }[]>(
    `select staff_id as id from team_member where staff_id = any(?::uuid[])
     group by staff_id having count(*) > ? limit 1`,
    [arrayParameter(ids), most],
  )
  if (!full) return
  throw new Conflict(`Somebody would be in more than ${most} teams.`, { reason: 'team.too_many', params: { most } })
}
