import { staffAccess } from '@clientele/contracts'
import { policy } from '@clientele/kit'

/**
 * Colleagues know each other: everybody who works here sees who there is, in which team, and who is away. The address is for those who
 * organise work. What is one's own arrangement (absences, substitute, hours, language) everybody changes for themselves, managers for
 * the people of their territories. Partners work elsewhere.
 */
export const staffPolicy = policy('Staff', {
  ownership: { owner: 'subject' },
  dataSubject: 'id',
  roles: {
    admin: { clearance: 'PERSONAL', read: staffAccess.admin, write: 'TENANT', arrange: 'TENANT' },
    manager: { clearance: 'PERSONAL', read: staffAccess.manager, arrange: 'TERRITORY' },
    sales: { clearance: 'PLAIN', read: staffAccess.sales, arrange: 'OWN' },
    service: { clearance: 'PLAIN', read: staffAccess.service, arrange: 'OWN' },
    analyst: { clearance: 'PLAIN', read: staffAccess.analyst, arrange: 'OWN' },
    privacy_officer: { clearance: 'PERSONAL', read: staffAccess.privacy_officer, arrange: 'OWN' },
    interactions_account: { clearance: 'PLAIN', read: 'TENANT' },
    segmentation_account: { clearance: 'PLAIN', read: 'TENANT' },
  },
  opens: {
    read: ['staff', 'staffMember', 'staffById', 'Customer.owner'],
    write: ['recordStaff', 'changeStaff', 'markStaffLeft', 'markStaffReturned', 'syncStaff'],
    arrange: ['changeStaffArrangements', 'recordAbsence', 'removeAbsence', 'setSubstitute'],
  },
  fields: {
    Staff: {
      PLAIN: [
        'subject',
        'source',
        'name',
        'language',
        'timeZone',
        'active',
        'leftAt',
        'roles',
        'territories',
        'skills',
        'workingHours',
        'absences',
        'substituteId',
        'substitute',
        'teams',
        'teamKeys',
      ],
      PERSONAL: ['email'],
    },
    StaffSync: { PLAIN: ['people', 'recorded', 'changed', 'left', 'returned'] },
    Absence: { PLAIN: ['from', 'until', 'reason'] },
    WorkingInterval: { PLAIN: ['day', 'from', 'to'] },
  },
  inputs: { RecordStaffInput: 'Staff', ChangeStaffInput: 'Staff', StaffFilter: 'Staff', StaffOrderField: 'Staff' },
})
