import { arrayParameter, type Context } from '@clientele/kit'
import type { Staff } from './staff.entity.js'

/** What every event of a member of staff says: ids, codes and days. */
export const staffData = (staff: Staff, teams: readonly string[]) => ({
  sub: staff.subject,
  active: staff.active,
  teams: [...teams],
  territories: staff.territories,
  roles: staff.roles,
  substitute: staff.substituteId,
  absences: staff.absences.map(({ from, until }) => ({ from, until })),
  language: staff.language,
  timeZone: staff.timeZone,
})

/** The keys of the teams that each of them is in, in order; one statement for all. */
export const teamKeysOf = async (
  { em }: Pick<Context, 'em'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string[]>> => {
  const rows = await em.execute<{ id: string; keys: string[] }[]>(
    `select member.staff_id as id, array_agg(team.key order by team.key) as keys
     from team_member member join team on team.id = member.team_id
     where member.staff_id = any(?::uuid[]) group by member.staff_id`,
    [arrayParameter(ids)],
  )
  return new Map(rows.map(({ id, keys }) => [id, keys]))
}
