import { type FileRefusal, type FileStatus, fileRefusal, fileStatus } from '@clientele/contracts'
import { type EntityRecord, EntityType, recordColumns } from '@clientele/kit'
import { p } from '@mikro-orm/core'
import { Field, Int, registerEnumType } from 'type-graphql'

/** The row of a file, of whatever it hangs on. */
export interface StoredFile extends EntityRecord {
  name: string
  bytes: number
  status: FileStatus
  mediaType: string | null
  sha256: string | null
  refusal: FileRefusal | null
  uploadUntil: Date
}

export const fileColumns = {
  ...recordColumns,
  name: p.string(),
  bytes: p.integer(),
  status: p.enum(() => fileStatus.enum),
  mediaType: p.string().nullable().$type<string | null>(),
  sha256: p.string().nullable().$type<string | null>(),
  refusal: p
    .enum(() => fileRefusal.enum)
    .nullable()
    .$type<FileRefusal | null>(),
  uploadUntil: p.datetime(),
}

registerEnumType(fileStatus.enum, {
  name: 'FileStatus',
  description: 'Where a file is on its way.',
  valuesConfig: {
    STAGED: { description: 'Its bytes are awaited at its link.' },
    READY: { description: 'It has arrived and can be had.' },
    REFUSED: { description: 'What arrived was not taken, and is gone.' },
  },
})

registerEnumType(fileRefusal.enum, {
  name: 'FileRefusal',
  description: 'Why a file was not taken.',
  valuesConfig: {
    SIZE: { description: 'It has another size than was announced.' },
    TYPE: { description: 'It is a program by its content, whatever its name says.' },
  },
})

/** Makes an entity class with `fileColumns` a GraphQL type with their fields. */
export const FileType =
  (description: string): ClassDecorator =>
  (target) => {
    EntityType(description)(target)
    const field = (name: keyof StoredFile, type: () => unknown, text: string, nullable = false) =>
      Field(type as never, { description: text, nullable })(target.prototype, name)
    field(
      'name',
      () => String,
      'Its name as it was given, such as `contract.pdf`; null where you may not see it.',
      true,
    )
    field('bytes', () => Int, 'How large it is, in bytes.')
    field('status', () => fileStatus.enum, 'Whether it can be had.')
    field('mediaType', () => String, 'What it is by its content, such as `image/png`; null unless it is READY.', true)
    field('refusal', () => fileRefusal.enum, 'Why it was not taken; null unless it is REFUSED.', true)
  }

/** Which of the fields that `FileType` makes are whose to see. */
export const fileFields = {
  PLAIN: ['bytes', 'status', 'mediaType', 'refusal'],
  PERSONAL: ['name', 'url', 'uploadUrl'],
} as const
