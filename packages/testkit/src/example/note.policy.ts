import { policy } from '@clientele/kit'

/** Notes are their author's: sales people see those of the others, and change their own. */
export const notePolicy = policy('Note', {
  ownership: { owner: 'createdBy' },
  roles: {
    manager: { clearance: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { clearance: 'PERSONAL', read: 'TENANT', write: 'OWN' },
    service: { clearance: 'PERSONAL', read: 'OWN', write: 'OWN' },
    analyst: { clearance: 'PLAIN', read: 'TENANT' },
    service_account: { clearance: 'PLAIN', read: 'TENANT' },
  },
  onBehalf: { automation: ['write'] },
  opens: {
    read: ['note', 'notes', 'explode', 'slow', 'Subject.notes', 'Subject.explode'],
    write: ['createNote', 'changeNote'],
  },
  fields: {
    Note: { PLAIN: ['subjectId', 'rank', 'kind'], PERSONAL: ['title'], SENSITIVE: ['remark'] },
    Subject: { PLAIN: ['id'] },
  },
  inputs: { NoteFilter: 'Note', CreateNoteInput: 'Note', ChangeNoteInput: 'Note' },
})
