import { policy } from '@clientele/kit'

/** A reassignment of work is whoever's began it. What they may hand over is what they may change: that is asked of each task, visit and complaint. */
export const workReassignmentPolicy = policy('WorkReassignment', {
  word: 'work_reassignment',
  ownership: { owner: 'createdBy' },
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT', start: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'OWN', start: 'TENANT' },
  },
  opens: {
    read: ['workReassignment', 'workReassignments'],
    start: ['reassignableWork', 'reassignWork'],
  },
  fields: {
    WorkReassignment: {
      PLAIN: [
        ...['status', 'fromId', 'from', 'assigneeId', 'assignee', 'teamKey', 'team', 'kinds'],
        ...['tasks', 'visits', 'complaints', 'endedAt'],
      ],
    },
    ReassignableWork: { PLAIN: ['tasks', 'visits', 'complaints'] },
  },
})
