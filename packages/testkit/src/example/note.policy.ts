import { policy } from '@clientele/kit'

/** Notes are their author's: sales people see those of the others, and change their own. */
export const notePolicy = policy('Note', {
  belongs: { owner: 'createdBy' },
  roles: {
    manager: { sees: 'SENSITIVE', read: 'TENANT', write: 'TENANT' },
    sales: { sees: 'PERSONAL', read: 'TENANT', write: 'OWN' },
    service: { sees: 'PERSONAL', read: 'OWN', write: 'OWN' },
    analyst: { sees: 'PLAIN', read: 'TENANT' },
    service_account: { sees: 'PLAIN', read: 'TENANT' },
  },
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
