import { limits } from '@clientele/contracts'
import { type Context, ListSize, PageArgs, paginate, requireById, toWhere } from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { closeSurvey, createSurvey, publishSurvey, updateSurvey } from './survey.actions.js'
import { Survey, SurveyConnection } from './survey.entity.js'
import {
  CloseSurveyInput,
  CreateSurveyInput,
  PublishSurveyInput,
  SurveyFilter,
  SurveyOrder,
  SurveyOrderField,
  UpdateSurveyInput,
} from './survey.input.js'
import { surveyPolicy } from './survey.policy.js'
import { SurveyVersion } from './survey-version.entity.js'

@Resolver(() => Survey)
export class SurveyResolver {
  @Query(() => Survey, {
    nullable: true,
    description: 'One survey. NOT_FOUND where there is none. For every member of staff.',
  })
  async survey(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, Survey, id, surveyPolicy.read)
  }

  @Query(() => SurveyConnection, {
    description: 'Surveys, the oldest first unless told otherwise. For every member of staff.',
  })
  surveys(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SurveyFilter, { nullable: true, description: 'Which ones.' }) filter: SurveyFilter | null,
    @Arg('orderBy', () => SurveyOrder, { nullable: true, description: 'In which order.' }) order: SurveyOrder | null,
    @Ctx() ctx: Context,
  ) {
    const orderBy = [[order?.field ?? SurveyOrderField.CREATED_AT, order?.direction ?? 'asc']] as const
    return paginate(ctx.em, Survey, { ...page, where: toWhere<Survey>(filter), orderBy })
  }

  @ListSize(limits.surveyVersions)
  @FieldResolver(() => [SurveyVersion], { description: 'All published versions, the first one first.' })
  versions(@Root() survey: Survey, @Ctx() ctx: Context) {
    return ctx.loaders.batch('Survey.versions', survey.id, async (em, ids) => {
      const found = await em.find(SurveyVersion, { surveyId: { $in: [...ids] } }, { orderBy: { number: 'asc' } })
      const bySurvey = Map.groupBy(found, ({ surveyId }) => surveyId)
      return ids.map((id) => bySurvey.get(id) ?? [])
    })
  }

  @FieldResolver(() => SurveyVersion, {
    nullable: true,
    description: 'The version that takes answers, or took them last; null before the first is published.',
  })
  current(@Root() survey: Survey, @Ctx() ctx: Context) {
    return ctx.loaders.batch('Survey.current', survey, async (em, surveys) => {
      const wanted = surveys.map(({ id, currentVersion }) => ({ surveyId: id, number: currentVersion }))
      const found = await em.find(SurveyVersion, { $or: wanted })
      return surveys.map(({ id }) => found.find(({ surveyId }) => surveyId === id) ?? null)
    })
  }

  @Mutation(() => Survey, { description: 'Drafts a survey. For admin, manager and analyst.' })
  createSurvey(@Arg('input', () => CreateSurveyInput) input: CreateSurveyInput, @Ctx() ctx: Context) {
    return createSurvey(ctx, input)
  }

  @Mutation(() => Survey, { description: 'Changes title and draft of a survey. For admin, manager and analyst.' })
  updateSurvey(@Arg('input', () => UpdateSurveyInput) input: UpdateSurveyInput, @Ctx() ctx: Context) {
    return updateSurvey(ctx, input)
  }

  @Mutation(() => Survey, {
    description:
      'Fixes the draft of a survey as its next version, which takes answers from now on. For admin, manager and analyst.',
  })
  publishSurvey(@Arg('input', () => PublishSurveyInput) input: PublishSurveyInput, @Ctx() ctx: Context) {
    return publishSurvey(ctx, input)
  }

  @Mutation(() => Survey, {
    description: 'Stops a survey from taking answers, for good. For admin, manager and analyst.',
  })
  closeSurvey(@Arg('input', () => CloseSurveyInput) input: CloseSurveyInput, @Ctx() ctx: Context) {
    return closeSurvey(ctx, input)
  }
}
