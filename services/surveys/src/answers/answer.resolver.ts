import { allow, type Context } from '@clientele/kit'
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import { SurveyAnswer } from './answer.entity.js'
import { answerPolicy } from './answer.policy.js'

@Resolver(() => SurveyAnswer)
export class AnswerResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The customer's own words; null for other kinds than TEXT. For admin, manager, sales, service and privacy_officer.",
  })
  text(@Root() { text }: SurveyAnswer, @Ctx() ctx: Context): string | null {
    if (text !== null) allow(ctx.actor, answerPolicy.readText)
    return text
  }
}
