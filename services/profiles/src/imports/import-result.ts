import { limits } from '@clientele/contracts'
import { ListSize, type Params, type ValidationIssues } from '@clientele/kit'
import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

export enum ImportOutcome {
  CREATED = 'CREATED',
  UPDATED = 'UPDATED',
  UNCHANGED = 'UNCHANGED',
  REJECTED = 'REJECTED',
}
registerEnumType(ImportOutcome, {
  name: 'ImportOutcome',
  description: 'What became of a row.',
  valuesConfig: {
    CREATED: { description: 'A record was made.' },
    UPDATED: { description: 'The record of this external id was changed.' },
    UNCHANGED: { description: 'The record says the same already: nothing was written, no event was emitted.' },
    REJECTED: { description: 'The row has faults; nothing of it was kept.' },
  },
})

@ObjectType({ description: 'Something that was found about a row.' })
export class ImportIssue {
  @Field(() => String, { description: 'Path within the row, such as `contactPoints[0].value`.' })
  path!: string
  @Field(() => String, { description: 'Stable reason, such as `contact_point.phone`.' })
  reason!: string
  @Field(() => String, { description: 'What would be right, in the language of `Accept-Language`: `zh` or `en`.' })
  message!: string
  params?: Params | undefined
}

@ObjectType({ description: 'What became of one row.' })
export class ImportRowResult {
  @Field(() => Int, { description: 'Place of the row in the input, from 0.' })
  index!: number
  @Field(() => String, {
    description: 'The external id in the form in which it is stored: Unicode NFC, without blanks at its ends.',
  })
  externalId!: string
  @Field(() => ImportOutcome, { description: 'What became of it.' })
  outcome!: ImportOutcome
  @Field(() => ID, {
    nullable: true,
    description: 'The record; null for a rejected row and for one that a dry run would create.',
  })
  id!: string | null
  @ListSize(limits.rowIssues)
  @Field(() => [ImportIssue], { description: 'Why it was rejected; the first 20 reasons.' })
  faults!: ImportIssue[]
  @ListSize(limits.rowIssues)
  @Field(() => [ImportIssue], { description: 'What was kept although it is doubtful; the first 20.' })
  warnings!: ImportIssue[]
}

@ObjectType({ description: 'What became of a batch.' })
export class ImportResult {
  @Field(() => Int, { description: 'How many rows made a record.' })
  created!: number
  @Field(() => Int, { description: 'How many rows changed one.' })
  updated!: number
  @Field(() => Int, { description: 'How many rows changed nothing.' })
  unchanged!: number
  @Field(() => Int, { description: 'How many rows were rejected.' })
  rejected!: number
  @ListSize(limits.importRows)
  @Field(() => [ImportRowResult], { description: 'Row by row, in the order of the input.' })
  rows!: ImportRowResult[]
}

/** What became of a row, before its place and its issues are added. */
export interface RowOutcome {
  outcome: ImportOutcome
  id: string | null
}

export const rejected: RowOutcome = { outcome: ImportOutcome.REJECTED, id: null }

export const rowResult = (
  index: number,
  externalId: string,
  { outcome, id }: RowOutcome,
  issues: ValidationIssues,
) => ({
  index,
  externalId,
  outcome,
  id,
  faults: issues.found.slice(0, limits.rowIssues.most),
  warnings: outcome === ImportOutcome.REJECTED ? [] : issues.warnings.slice(0, limits.rowIssues.most),
})

export const resultOf = (rows: ImportRowResult[]): ImportResult => {
  const count = (wanted: ImportOutcome) => rows.filter(({ outcome }) => outcome === wanted).length
  return {
    created: count(ImportOutcome.CREATED),
    updated: count(ImportOutcome.UPDATED),
    unchanged: count(ImportOutcome.UNCHANGED),
    rejected: count(ImportOutcome.REJECTED),
    rows,
  }
}
