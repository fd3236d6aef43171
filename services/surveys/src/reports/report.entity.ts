import { limits, smallestGroup } from '@clientele/contracts'
import { ListSize } from '@clientele/kit'
import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import { QuestionKind, SurveyText } from '../questions/question.entity.js'

@ObjectType('SurveyConfidenceInterval', {
  description: 'Bounds between which the true score lies with 95 % confidence, in the unit of the score.',
})
export class ConfidenceInterval {
  @Field(() => Float, { description: 'Lower bound.' })
  low!: number
  @Field(() => Float, { description: 'Upper bound.' })
  high!: number
}

@ObjectType('SurveyAnswerShare', { description: 'How often one answer was given.' })
export class AnswerShare {
  @Field(() => Int, { nullable: true, description: 'The score; null for choices.' })
  value!: number | null
  @Field(() => String, { nullable: true, description: 'Key of the choice; null for scores.' })
  choice!: string | null
  @Field(() => SurveyText, {
    nullable: true,
    description: 'What the choice reads in the latest version; null for scores and for choices that were dropped.',
  })
  label!: SurveyText | null
  @Field(() => Int, { description: 'How many answers gave it.' })
  count!: number
  @Field(() => Float, { description: 'Its part of the n answers, 0 to 1; for MULTI the parts add up to more than 1.' })
  share!: number
}

@ObjectType('SurveyQuestionReport', { description: 'What was answered to one question.' })
export class QuestionReport {
  @Field(() => String, { description: 'Key of the question.' })
  key!: string
  @Field(() => QuestionKind, { description: 'Its kind.' })
  kind!: QuestionKind
  @Field(() => SurveyText, { description: 'What it reads in the latest version.' })
  text!: SurveyText
  @Field(() => String, {
    nullable: true,
    description: 'Key of the aspect of the business that it asks about; null where it is about none.',
  })
  aspect!: string | null
  @Field(() => Int, { description: 'How many responses answered it.' })
  n!: number
  @Field(() => Boolean, {
    description: `Whether fewer than ${smallestGroup} answered, so that score, interval and distribution are withheld.`,
  })
  suppressed!: boolean
  @Field(() => Float, {
    nullable: true,
    description:
      'NPS: per cent of 9 and 10 minus per cent of 0 to 6, −100 to 100. CSAT: per cent of 4 and 5, 0 to 100. CES: the mean, 1 to 7. Null for other kinds and where suppressed.',
  })
  score!: number | null
  @Field(() => ConfidenceInterval, {
    nullable: true,
    description:
      '95 % interval of the score: Wald (Rocks 2016) for NPS, Wilson for CSAT, Student’s t for CES. Null where the score is.',
  })
  ci95!: ConfidenceInterval | null
  @ListSize(limits.questionChoices)
  @Field(() => [AnswerShare], {
    description: 'Every possible score or choice and how often it was given; empty for TEXT and where suppressed.',
  })
  distribution!: AnswerShare[]
}

@ObjectType({
  description: `What a survey found among the customers in your access scope. For every member of staff: it names nobody, and groups of fewer than ${smallestGroup} are withheld.`,
})
export class SurveyReport {
  @Field(() => ID, { description: 'The survey.' })
  surveyId!: string
  @Field(() => Int, { description: 'How many responses it is about.' })
  n!: number
  @ListSize(limits.surveyQuestions)
  @Field(() => [QuestionReport], {
    description:
      'The questions of all versions in it: those of the latest in their order, then those that were dropped.',
  })
  questions!: QuestionReport[]
}
