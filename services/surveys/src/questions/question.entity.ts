import { limits, type NumberLimit } from '@clientele/contracts'
import { ListSize, rangeOf } from '@clientele/kit'
import { Field, ObjectType, registerEnumType } from 'type-graphql'

export enum QuestionKind {
  NPS = 'NPS',
  CSAT = 'CSAT',
  CES = 'CES',
  SINGLE = 'SINGLE',
  MULTI = 'MULTI',
  TEXT = 'TEXT',
}
registerEnumType(QuestionKind, {
  name: 'SurveyQuestionKind',
  description: 'What a question measures, and so what an answer to it looks like.',
  valuesConfig: {
    NPS: { description: `Likelihood to recommend, ${rangeOf(limits.nps)}.` },
    CSAT: {
      description: `Satisfaction, ${limits.csat.least} (very dissatisfied) to ${limits.csat.most} (very satisfied).`,
    },
    CES: {
      description: `Ease of getting something done, ${limits.ces.least} (very difficult) to ${limits.ces.most} (very easy).`,
    },
    SINGLE: { description: 'One of the choices.' },
    MULTI: { description: 'Any number of the choices.' },
    TEXT: { description: 'Free text.' },
  },
})

/** Smallest and largest answer to the kinds that are answered with a score. */
export const scales: Partial<Record<QuestionKind, NumberLimit>> = {
  NPS: limits.nps,
  CSAT: limits.csat,
  CES: limits.ces,
}

export const hasChoices = (kind: QuestionKind) => kind === QuestionKind.SINGLE || kind === QuestionKind.MULTI

@ObjectType({ description: 'A text in the languages that it was written in; at least one is there.' })
export class SurveyText {
  @Field(() => String, { nullable: true, description: 'In Chinese; null where it was not written in it.' })
  zh!: string | null
  @Field(() => String, { nullable: true, description: 'In English; null where it was not written in it.' })
  en!: string | null
}

@ObjectType({ description: 'One of the answers that a SINGLE or MULTI question offers.' })
export class SurveyChoice {
  @Field(() => String, { description: 'What an answer names it by; unique in its question.' })
  key!: string
  @Field(() => SurveyText, { description: 'What the customer reads.' })
  label!: SurveyText
}

@ObjectType({ description: 'A question of one version of a survey.' })
export class SurveyQuestion {
  @Field(() => String, {
    description: 'What an answer names it by; unique in its version, and the same in each version that asks it.',
  })
  key!: string
  @Field(() => QuestionKind, { description: 'What it measures.' })
  kind!: QuestionKind
  @Field(() => SurveyText, { description: 'What the customer reads.' })
  text!: SurveyText
  @Field(() => Boolean, { description: 'Whether a response must answer it.' })
  required!: boolean
  @ListSize(limits.questionChoices)
  @Field(() => [SurveyChoice], {
    description: 'What can be chosen, in this order; empty for other kinds than SINGLE and MULTI.',
  })
  choices!: SurveyChoice[]
  @Field(() => String, {
    nullable: true,
    description:
      'Key of the aspect of the business that it asks about, such as `delivery`; null where it is about none.',
  })
  aspect!: string | null
}
