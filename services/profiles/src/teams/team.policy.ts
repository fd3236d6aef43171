import { staffAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/** Everybody who works here sees the teams; admins set them up. */
export const teamPolicy = policy('Team', {
  roles: {
    admin: { clearance: 'PERSONAL', read: staffAccess.admin, write: 'TENANT' },
    manager: { clearance: 'PERSONAL', read: staffAccess.manager },
    sales: { clearance: 'PLAIN', read: staffAccess.sales },
    service: { clearance: 'PLAIN', read: staffAccess.service },
    analyst: { clearance: 'PLAIN', read: staffAccess.analyst },
    privacy_officer: { clearance: 'PERSONAL', read: staffAccess.privacy_officer },
    interactions_account: { clearance: 'PLAIN', read: 'TENANT' },
    segmentation_account: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: {
    read: ['teams', 'team', 'teamsByKey'],
    write: ['createTeam', 'changeTeam', 'archiveTeam'],
  },
  fields: { Team: { PLAIN: ['key', 'name', 'lead', 'members', 'territory', 'active'] } },
  inputs: { CreateTeamInput: 'Team', ChangeTeamInput: 'Team', TeamFilter: 'Team' },
})
