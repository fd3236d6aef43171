import { staff, teams } from './staff.actions.js'

export const replicateStaff = staff.consumer('interactions-staff-replica')
export const replicateTeams = teams.consumer('interactions-team-replica')
