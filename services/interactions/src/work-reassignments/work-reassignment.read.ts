import { byId, connection, reads } from '@clientele/query-compiler'
import { staffBy, teamBy } from '../staff/staff.read.js'

export const workReassignmentReads = [
  reads('WorkReassignment', {
    from: staffBy('from_id'),
    assignee: staffBy('assignee_id'),
    team: teamBy('team_key'),
  }),
  reads('Query', {
    workReassignment: byId('WorkReassignment'),
    workReassignments: connection('WorkReassignment', { orderBy: [['createdAt', 'desc']] }),
  }),
]
