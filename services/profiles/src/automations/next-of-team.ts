import { Conflict, NotFound, type Transaction } from '@clientele/kit'

/**
 * The subject of the member of a team whose turn it is: of those who work here, in the order of their ids. Throws NOT_FOUND `team.unknown`, CONFLICT
 * `team.archived` or `team.nobody`.
 */
export const nextOfTeam = async ({ em }: Transaction, key: string, turn: number): Promise<string> => {
  const rows = await em.execute<{ archived: boolean; subject: string | null }[]>(
    `select not team.active as archived, staff.subject from team
     left join team_member member on member.team_id = team.id
     left join staff on staff.id = member.staff_id and staff.active
     where team.key = ? order by staff.id`,
    [key],
  )
  const [first] = rows
  if (!first) throw new NotFound('There is no such team.', { reason: 'team.unknown' })
  if (first.archived) throw new Conflict('This team is archived.', { reason: 'team.archived' })
  const members = rows.flatMap(({ subject }) => (subject === null ? [] : [subject]))
  const next = members[turn % members.length]
  if (next === undefined) throw new Conflict('Nobody of this team works here.', { reason: 'team.nobody' })
  return next
}
