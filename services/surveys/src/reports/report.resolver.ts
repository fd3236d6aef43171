import { type Context, DateTimeScalar, isId, unknownEntity, validationIssues } from '@clientele/kit'
import { Args, ArgsType, Ctx, Field, ID, Int, Query, Resolver } from 'type-graphql'
import { Survey } from '../surveys/survey.entity.js'
import { countAnswers, countResponses, questionsOf, type ReportScope } from './counts.js'
import { SurveyReport } from './report.entity.js'
import { reportOn } from './report.js'

@ArgsType()
export class SurveyReportArgs implements ReportScope {
  @Field(() => ID, { description: 'The survey.' })
  surveyId!: string
  @Field(() => Int, {
    nullable: true,
    description: 'Number of the first version to report on; the first of all unless given.',
  })
  versionFrom?: number | null
  @Field(() => Int, {
    nullable: true,
    description: 'Number of the last version to report on; the last of all unless given.',
  })
  versionTo?: number | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Responses given at or after this time.' })
  from?: Date | null
  @Field(() => DateTimeScalar, { nullable: true, description: 'Responses given before this time.' })
  to?: Date | null
}

@Resolver(() => SurveyReport)
export class ReportResolver {
  @Query(() => SurveyReport, {
    nullable: true,
    description:
      'What a survey found among the customers in your access scope. NOT_FOUND where there is no such survey. For every member of staff.',
  })
  async surveyReport(
    @Args(() => SurveyReportArgs) scope: SurveyReportArgs,
    @Ctx() ctx: Context,
  ): Promise<SurveyReport> {
    refuseBackwards(scope)
    const { surveyId } = scope
    if (!isId(surveyId) || !(await ctx.loaders.byId(Survey, surveyId))) {
      throw unknownEntity('survey')
    }
    const n = await countResponses(ctx, scope)
    const counts = await countAnswers(ctx, scope)
    const questions = await questionsOf(ctx.em, scope)
    return { surveyId, n, questions: questions.map((question) => reportOn(question, counts)) }
  }
}

const refuseBackwards = ({ versionFrom, versionTo, from, to }: ReportScope) => {
  const issues = validationIssues('')
  const isBackwards = versionFrom != null && versionTo != null && versionTo < versionFrom
  issues.must(!isBackwards, 'versionTo', 'report.empty_range', 'a version that is not before versionFrom')
  issues.must(!(from && to && to <= from), 'to', 'report.empty_range', 'a time after from')
  issues.refuse()
}
