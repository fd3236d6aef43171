import { event } from '@clientele/contracts'
import { type Context, expectVersion, locked } from '@clientele/kit'
import { z } from 'zod'
import { Note, type NoteKind } from './note.entity.js'
import { notePolicy } from './note.policy.js'

const data = z.object({ id: z.uuid(), version: z.int(), subjectId: z.uuid(), kind: z.string() })
const example = {
  id: '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4e',
  version: 1,
  subjectId: '0198c5a0-7a4e-7cc3-9a3c-5f6a1b2c3d4f',
  kind: 'PLAIN',
}

export const noteCreated = event('clientele.example.note.created.v1', 'When a note is made.', data, example)
export const noteChanged = event('clientele.example.note.changed.v1', 'When a note is changed.', data, example)

export interface CreateNote {
  subjectId: string
  rank?: number | null
  kind: NoteKind
  title: string
  idempotencyKey?: string | null
}

export const createNote = (ctx: Context, input: CreateNote) =>
  ctx.transaction(
    async (tx) => {
      tx.allow(notePolicy.write)
      const { idempotencyKey: _, ...fields } = input
      const note = tx.em.create(Note, { ...fields, rank: input.rank ?? 0 })
      tx.emit(noteCreated, note, { subjectId: note.subjectId, kind: note.kind })
      return note
    },
    { key: input.idempotencyKey, operation: 'createNote', input },
  )

export interface ChangeNote {
  id: string
  title: string
  expectedVersion?: number | null
}

export const changeNote = (ctx: Context, input: ChangeNote) =>
  ctx.transaction(async (tx) => {
    const note = await locked(tx, Note, input.id, notePolicy.write)
    expectVersion(note, input.expectedVersion)
    if (note.title === input.title) return note
    note.title = input.title
    tx.emit(noteChanged, note, { subjectId: note.subjectId, kind: note.kind })
    return note
  })
