import {
  type FileRefusal,
  type FileStatus,
  fileRefusal,
  fileStatus,
  type ThumbnailFault,
  thumbnailFault,
} from '@clientele/contracts'
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
  thumbnailAt: Date | null
  thumbnailFault: ThumbnailFault | null
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
  thumbnailAt: p.datetime().nullable().$type<Date | null>(),
  thumbnailFault: p
    .enum(() => thumbnailFault.enum)
    .nullable()
    .$type<ThumbnailFault | null>(),
}

registerEnumType(fileStatus.enum, {
  name: 'FileStatus',
  description: 'Where a file is on its way.',
  valuesConfig: {
    STAGED: { description: 'Its bytes are awaited at its link.' },
    SCANNING: { description: 'It has arrived and is scanned for viruses; it can be had when it is clean.' },
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
    VIRUS: { description: 'The scanner has found a virus in it.' },
  },
})

registerEnumType(thumbnailFault.enum, {
  name: 'ThumbnailFault',
  description: 'Why an image has no thumbnail.',
  valuesConfig: {
    UNREADABLE: { description: 'It is damaged, or no image in the form that it begins with.' },
    TOO_LARGE: { description: 'It has more than 100 million pixels.' },
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
    field(
      'mediaType',
      () => String,
      'What it is by its content, such as `image/png`; null unless it is SCANNING or READY.',
      true,
    )
    field('refusal', () => fileRefusal.enum, 'Why it was not taken; null unless it is REFUSED.', true)
    field(
      'thumbnailFault',
      () => thumbnailFault.enum,
      'Why an image has no thumbnail; null unless that was tried.',
      true,
    )
  }

/** Which of the fields that `FileType` makes are whose to see. */
export const fileFields = {
  PLAIN: ['bytes', 'status', 'mediaType', 'refusal', 'thumbnailFault'],
  PERSONAL: ['name', 'url', 'uploadUrl', 'thumbnailUrl'],
} as const
