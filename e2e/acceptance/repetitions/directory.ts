import { of, type Step, step } from './step.js'

export const directorySteps: readonly Step[] = [
  step('syncStaff', () => ({}), { selection: 'people' }),
  step('archiveCustomer', of('customer')),
  step('restoreCustomer', of('customer')),
  step('recordStaff', () => ({ subject: 'nobody-mia', name: 'Mia' }), { as: 'mia', other: { name: 'Other' } }),
  step('recordStaff', () => ({ subject: 'nobody-sam', name: 'Sam' }), { as: 'sam', other: { name: 'Other' } }),
  step('changeStaff', (made) => ({ ...of('mia')(made), skills: ['oak'] })),
  step('changeStaffArrangements', (made) => ({ ...of('mia')(made), language: 'zh-Hans' })),
  step('setSubstitute', ({ mia, sam }) => ({ staffId: mia.id, substituteId: sam.id })),
  step(
    'recordAbsence',
    ({ mia }) => ({ staffId: mia.id, from: '2026-12-01', until: '2026-12-05', reason: 'VACATION' }),
    { as: 'away', selection: 'id absences { id }', other: { reason: 'OTHER' } },
  ),
  step('removeAbsence', ({ away }) => ({ staffId: away.id, absenceId: away.absences[0].id })),
  step('createTeam', ({ mia }) => ({ key: 'logistics', name: 'Logistics', memberIds: [mia.id] }), {
    as: 'team',
    other: { name: 'Other' },
  }),
  step('changeTeam', ({ team, sam }) => ({ id: team.id, memberIds: [sam.id] })),
  step('archiveTeam', of('team')),
  step('markStaffLeft', of('sam')),
  step('markStaffReturned', of('sam')),
]
