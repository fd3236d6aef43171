import type { Language } from '@clientele/conditions'
import { limits } from '@clientele/contracts'
import {
  type Context,
  OrderDirection,
  type Page,
  PageArgs,
  paginate,
  requireById,
  TextSize,
  toWhere,
} from '@clientele/kit'
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql'
import { writeRule } from '../rules/rule.js'
import { RuleLanguage } from '../rules/rule-language.js'
import { archiveSegment, createSegment, updateSegment } from './segment.actions.js'
import { Segment, SegmentConnection } from './segment.entity.js'
import {
  ArchiveSegmentInput,
  CreateSegmentInput,
  SegmentFilter,
  SegmentOrder,
  UpdateSegmentInput,
} from './segment.input.js'
import { segmentPolicy } from './segment.policy.js'

const writers = 'For admin, manager and analyst.'

@Resolver(() => Segment)
export class SegmentResolver {
  @Query(() => Segment, { nullable: true, description: 'One segment; NOT_FOUND where there is none. For all staff.' })
  async segment(@Arg('id', () => ID, { description: 'Id of the segment.' }) id: string, @Ctx() ctx: Context) {
    return requireById(ctx, Segment, id, segmentPolicy.read)
  }

  @Query(() => SegmentConnection, { description: 'The segments of the tenant. For all staff.' })
  segments(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SegmentFilter, { nullable: true, description: 'Which segments; all without it.' })
    filter: SegmentFilter | null,
    @Arg('orderBy', () => SegmentOrder, { nullable: true, description: 'By key without it.' })
    orderBy: SegmentOrder | null,
    @Ctx() ctx: Context,
  ): Promise<Page<Segment>> {
    const direction = orderBy?.direction ?? OrderDirection.ASC
    return paginate(ctx.em, Segment, {
      ...page,
      where: toWhere<Segment>(filter),
      orderBy: [[orderBy?.field ?? 'key', direction]],
    })
  }

  @TextSize({ most: limits.requestBytes })
  @FieldResolver(() => String, {
    nullable: true,
    description: 'The rule as people read it, such as `tags has vip and purchases >= 3`; null for a static segment.',
  })
  ruleInWords(
    @Root() { rule }: Segment,
    @Arg('language', () => RuleLanguage, { defaultValue: RuleLanguage.EN, description: 'The language of the words.' })
    language: Language,
  ): string | null {
    return rule && writeRule(rule, language)
  }

  @Mutation(() => Segment, { description: `Defines a segment. ${writers}` })
  createSegment(@Arg('input', () => CreateSegmentInput) input: CreateSegmentInput, @Ctx() ctx: Context) {
    return createSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Changes a segment; a new rule moves customers in and out. ${writers}` })
  updateSegment(@Arg('input', () => UpdateSegmentInput) input: UpdateSegmentInput, @Ctx() ctx: Context) {
    return updateSegment(ctx, input)
  }

  @Mutation(() => Segment, { description: `Takes a segment out of use for good; its members leave. ${writers}` })
  archiveSegment(@Arg('input', () => ArchiveSegmentInput) input: ArchiveSegmentInput, @Ctx() ctx: Context) {
    return archiveSegment(ctx, input)
  }
}
