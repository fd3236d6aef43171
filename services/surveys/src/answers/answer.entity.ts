import { limits } from '@clientele/contracts'
import { ListSize, rangeOf, TextSize } from '@clientele/kit'
import { Field, Int, ObjectType } from 'type-graphql'
import { QuestionKind } from '../questions/question.entity.js'

/** One answer as it is stored: a score, choices or a text, by the kind of its question. */
export interface StoredAnswer {
  question: string
  kind: QuestionKind
  score: number | null
  choices: string[] | null
  text: string | null
}

@ObjectType({ description: 'The answer to one question of a response.' })
export class SurveyAnswer implements StoredAnswer {
  @Field(() => String, { description: 'Key of the question.' })
  question!: string
  @Field(() => QuestionKind, { description: 'Kind of the question.' })
  kind!: QuestionKind
  @Field(() => Int, {
    nullable: true,
    description: `Of NPS ${rangeOf(limits.nps)}, of CSAT ${rangeOf(limits.csat)}, of CES ${rangeOf(limits.ces)}; null for other kinds.`,
  })
  score!: number | null
  @ListSize(limits.answerChoices)
  @Field(() => [String], {
    nullable: true,
    description: 'Keys of what was chosen, one of them for SINGLE; null for other kinds.',
  })
  choices!: string[] | null
  @TextSize(limits.answerText)
  @Field(() => String, {
    nullable: true,
    description:
      "The customer's own words; null for other kinds than TEXT. For admin, manager, sales, service and privacy_officer; null for others.",
  })
  text!: string | null
}
