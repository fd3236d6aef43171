import { connection, reads, relation, row, rows } from '@clientele/query-compiler'

const teams = (staff: string) =>
  `select team.* from team_member member join team on team.id = member.team_id
   where member.staff_id = ${staff}.id order by team.key`

export const staffReads = [
  reads('Staff', {
    substitute: relation('Staff', 'substituteId'),
    teams: rows(teams),
  }),
  reads('Customer', { owner: row((customer) => `select * from staff where subject = ${customer}.owner_id`) }),
  reads('Team', {
    lead: relation('Staff', 'leadId'),
    members: rows(
      (team) => `select staff.* from team_member member join staff on staff.id = member.staff_id
        where member.team_id = ${team}.id order by staff.id`,
    ),
  }),
  reads('Query', {
    staff: connection('Staff', { orderBy: [['name', 'asc']] }),
    teams: connection('Team', { orderBy: [['key', 'asc']] }),
  }),
]
