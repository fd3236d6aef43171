import { policy } from '@clientele/kit'

/** Everybody who works here has an agenda; of what stands in it they see what they see of it elsewhere. */
export const agendaPolicy = policy('Agenda', {
  roles: {
    admin: { clearance: 'SENSITIVE', read: 'TENANT' },
    manager: { clearance: 'SENSITIVE', read: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT' },
    service: { clearance: 'PERSONAL', read: 'TENANT' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    privacy_officer: { clearance: 'SENSITIVE', read: 'TENANT' },
  },
  opens: { read: ['myAgenda'] },
  fields: { AgendaEntry: { PLAIN: ['id', 'at', 'overdue', 'standsInForId', 'standsInFor', 'item'] } },
})
