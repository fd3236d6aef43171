import { surveyContextKind } from '@clientele/contracts'
import { checkId, type ValidationIssues } from '@clientele/kit'
import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'

export const SurveyContextKind = surveyContextKind.enum
export type SurveyContextKind = keyof typeof SurveyContextKind
registerEnumType(SurveyContextKind, {
  name: 'SurveyContextKind',
  description: 'What kind of thing a survey asks about.',
})

@ObjectType({ description: 'The one thing that a survey asked a customer about.' })
export class SurveyContext {
  @Field(() => SurveyContextKind, { description: 'A visit or a complaint.' })
  kind!: SurveyContextKind
  @Field(() => ID, { description: 'Id of the visit or complaint at interactions.' })
  id!: string
}

@InputType({ description: 'The one thing that a survey asks a customer about.' })
export class SurveyContextInput {
  @Field(() => SurveyContextKind, { description: 'A visit or a complaint.' })
  kind!: SurveyContextKind
  @Field(() => ID, {
    description: 'Id of the visit or complaint at interactions: a UUID. Whether it exists is not checked.',
  })
  id!: string
}

interface ContextColumns {
  contextKind?: SurveyContextKind | null
  contextId?: string | null
}

/** The context of an entity that holds it in two columns. */
export const contextOf = ({ contextKind, contextId }: ContextColumns): SurveyContext | null =>
  contextKind && contextId ? { kind: contextKind, id: contextId } : null

/** The two columns of a context; a malformed id is an issue. */
export const contextColumns = (issues: ValidationIssues, given: SurveyContextInput | null | undefined) => ({
  contextKind: given?.kind ?? null,
  contextId: given ? checkId(issues, 'context.id', given.id) : null,
})
