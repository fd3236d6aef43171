import { consume, defineService } from '@clientele/kit'
import { fault } from './fault.js'
import { noteCreated } from './note.actions.js'
import { Note } from './note.entity.js'
import { notePolicy } from './note.policy.js'
import { NoteResolver, Subject, SubjectResolver } from './note.resolver.js'

export const failing = new Set<string>()

const countNotes = consume('example-count-notes', noteCreated, async (tx, { subjectId }) => {
  if (failing.has(subjectId)) await fault.cause(tx.em)
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
  policies: [notePolicy],
  references: [Note],
  stubs: [{ type: Subject, read: notePolicy.read, ownership: (_, ids) => Promise.resolve(ids.map(() => ({}))) }],
  consumers: [countNotes],
  publicFields: ['hello'],
})
