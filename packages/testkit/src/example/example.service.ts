import { consume, defineService } from '@clientele/kit'
import { noteCreated, notePolicy } from './note.actions.js'
import { Note } from './note.entity.js'
import { NoteResolver, Subject, SubjectResolver } from './note.resolver.js'

export const failing = new Set<string>()

const countNotes = consume('example-count-notes', noteCreated, async (tx, { subjectId }) => {
  if (failing.has(subjectId)) throw new Error('cannot count this one')
  await tx.em.execute(
    `insert into note_count (subject_id, notes) values (?, 1)
     on conflict (tenant, subject_id) do update set notes = note_count.notes + 1`,
    [subjectId],
  )
})

/** A small service that shows and tests what the kit gives. */
export const example = defineService({
  name: 'example',
  migrations: new URL('../../example/migrations/', import.meta.url),
  entities: [Note],
  resolvers: [NoteResolver, SubjectResolver],
  orphanedTypes: [Subject],
  references: [{ entity: Note, read: notePolicy.read }],
  consumers: [countNotes],
  publicFields: ['hello'],
})
