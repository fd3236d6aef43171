import type { Industry, SizeBand } from '@clientele/contracts'
import { type BulkChangeKind, industry, limits, sizeBand } from '@clientele/contracts'
import { Limited, ListSize } from '@clientele/kit'
import { Field, InputType, ObjectType, registerEnumType } from 'type-graphql'

export enum BulkField {
  OWNER_ID = 'ownerId',
  TERRITORY = 'territory',
  SOURCE = 'source',
  INDUSTRY = 'industry',
  SIZE_BAND = 'sizeBand',
}
registerEnumType(BulkField, {
  name: 'BulkField',
  description: 'A field of customers that a bulk change can set.',
  valuesConfig: {
    OWNER_ID: { description: 'Who looks after the customer.' },
    TERRITORY: { description: 'Path of the sales territory.' },
    SOURCE: { description: 'Key of what brought the customer here.' },
    INDUSTRY: { description: 'Industry of an organisation.' },
    SIZE_BAND: { description: 'How many people an organisation employs.' },
  },
})

@InputType({ description: 'What customers are to have: what is left out stays, null clears.' })
export class BulkFieldsInput {
  @Limited(limits.subject)
  @Field(() => String, {
    nullable: true,
    description: 'Subject (`sub`) of the member of staff who is to look after the customers.',
  })
  ownerId?: string | null
  @Limited(limits.key)
  @Field(() => String, { nullable: true, description: 'Path of the sales territory, such as `emea/de`.' })
  territory?: string | null
  @Limited(limits.key)
  @Field(() => String, { nullable: true, description: 'Key of what brought the customers here.' })
  source?: string | null
  @Field(() => industry.enum, {
    nullable: true,
    description: 'Industry, a section of ISIC; a person among the customers is refused.',
  })
  industry?: Industry | null
  @Field(() => sizeBand.enum, {
    nullable: true,
    description: 'How many people they employ; a person among the customers is refused.',
  })
  sizeBand?: SizeBand | null
}

/** The fields as they are kept and given: those that are left out are absent. */
export type BulkFields = Partial<Record<BulkField, string | null>>

/** What is done to each customer, in terms that its undoing can be told in as well. */
export interface BulkStep {
  fields?: BulkFields | undefined
  /** Names or keys. */
  addTags?: readonly string[] | undefined
  removeTags?: readonly string[] | undefined
  status?: 'ACTIVE' | 'ARCHIVED' | undefined
}

export const stepOf = ({
  kind,
  fields,
  tags,
}: {
  kind: BulkChangeKind
  fields: BulkFields
  tags: string[]
}): BulkStep => {
  const steps: Record<BulkChangeKind, BulkStep> = {
    SET_FIELDS: { fields },
    ADD_TAGS: { addTags: tags },
    REMOVE_TAGS: { removeTags: tags },
    ARCHIVE: { status: 'ARCHIVED' },
    RESTORE: { status: 'ACTIVE' },
  }
  return steps[kind]
}

@ObjectType({ description: 'A field that a bulk change sets.' })
export class BulkFieldValue {
  @Field(() => BulkField, { description: 'Which field.' })
  field!: BulkField
  @Field(() => String, {
    nullable: true,
    description: 'The value that customers are to have; null where it is cleared.',
  })
  value!: string | null
}

@ObjectType({ description: 'What a bulk change does to a customer, field by field.' })
export class BulkDifference {
  @Field(() => String, { description: 'The field: one of `BulkField` as customers have it, `status` or `tags`.' })
  field!: string
  @ListSize(limits.tags)
  @Field(() => [String], { description: 'What it holds now, tags by their keys; empty where nothing.' })
  before!: string[]
  @ListSize(limits.tags)
  @Field(() => [String], { description: 'What it would hold then; empty where nothing.' })
  after!: string[]
}

/** What takes these differences back. */
export const undoOf = (differences: readonly BulkDifference[]): BulkStep => {
  const step: BulkStep = {}
  for (const { field, before, after } of differences) {
    if (field === 'status') step.status = before[0] as 'ACTIVE' | 'ARCHIVED'
    else if (field === 'tags') {
      step.addTags = before.filter((key) => !after.includes(key))
      step.removeTags = after.filter((key) => !before.includes(key))
    } else step.fields = { ...step.fields, [field]: before[0] ?? null }
  }
  return step
}
