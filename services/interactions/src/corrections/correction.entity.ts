import { limits } from '@clientele/contracts'
import { DateTimeScalar, ListSize, TextSize } from '@clientele/kit'
import { type ClassType, Field, ObjectType } from 'type-graphql'

/** That an entry was corrected. */
export interface Correction {
  at: string
  by: string
  reason: string
  changedFields: string[]
}

/** That an entry was declared void. */
export interface Voiding {
  at: string
  by: string
  reason: string
}

/** Corrections of one concept, such as `VisitCorrection`. */
export const correctionOf = (concept: string): ClassType<Correction> => {
  @ObjectType(`${concept}Correction`, {
    description: `That a ${concept.toLowerCase()} was corrected: what had been entered was wrong.`,
  })
  class EntryCorrection implements Correction {
    @Field(() => DateTimeScalar, { description: 'When it was corrected.' })
    at!: string
    @Field(() => String, { description: 'Subject of the person who corrected it.' })
    by!: string
    @TextSize(limits.correctionReason)
    @Field(() => String, { nullable: true, description: 'Why; null where it is hidden from you.' })
    reason!: string
    @ListSize(limits.changedFields)
    @Field(() => [String], { description: 'Paths of the fields that were changed, such as `report.summary`.' })
    changedFields!: string[]
  }
  return EntryCorrection
}

/** The voiding of one concept, such as `VisitVoiding`. */
export const voidingOf = (concept: string): ClassType<Voiding> => {
  @ObjectType(`${concept}Voiding`, {
    description: `That a ${concept.toLowerCase()} was declared void: it was entered by mistake.`,
  })
  class EntryVoiding implements Voiding {
    @Field(() => DateTimeScalar, { description: 'When it was declared void.' })
    at!: string
    @Field(() => String, { description: 'Subject of the person who declared it void.' })
    by!: string
    @TextSize(limits.correctionReason)
    @Field(() => String, { nullable: true, description: 'Why; null where it is hidden from you.' })
    reason!: string
  }
  return EntryVoiding
}
