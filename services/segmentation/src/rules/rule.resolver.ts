import { comparisonsOf, mostNodes } from '@clientele/conditions'
import { limits } from '@clientele/contracts'
import {
  type Context,
  checkPageSize,
  isId,
  JsonScalar,
  ListSize,
  TextSize,
  unknownEntity,
  within,
} from '@clientele/kit'
import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql'
import { Customer } from '../customer/customer.ref.js'
import { Segment } from '../segments/segment.entity.js'
import { factsWithScore, isKnown } from './customer-vocabulary.js'
import { SegmentRuleInput } from './rule.input.js'
import { compileRule, compileRules, parseRule, type SegmentRule } from './rule.js'
import { rulePolicy } from './rule.policy.js'

const maxSample = 10
const sample = { ...limits.pageSize, most: maxSample }

@ObjectType({ description: 'Who would be a member by a rule, of the customers in your access scope.' })
export class SegmentPreview {
  @Field(() => Int, { description: 'For how many customers the rule holds now.' })
  count!: number
  @ListSize({ most: maxSample })
  @Field(() => [Customer], { description: `Some of them, at most ${maxSample}.` })
  sample!: Customer[]
}

@ObjectType({ description: 'Whether one condition of a rule holds for a customer.' })
export class SegmentConditionResult {
  @Field(() => String, { description: 'Where it is in the rule: any.0.purchaseCount.' })
  path!: string
  // All conditions of a rule came in one request.
  @TextSize({ most: limits.requestBytes / mostNodes })
  @Field(() => JsonScalar, { description: 'The condition, in the shape of SegmentRuleInput.' })
  condition!: SegmentRule
  @Field(() => Boolean, { description: 'Whether it holds for the customer now.' })
  holds!: boolean
}

@ObjectType({ description: 'Why a customer is, or is not, a member of a segment.' })
export class SegmentExplanation {
  @Field(() => Boolean, { description: 'Whether the customer is a member now.' })
  isMember!: boolean
  @Field(() => Boolean, { nullable: true, description: 'Whether the rule holds now; null for a static segment.' })
  holds!: boolean | null
  @ListSize({ most: mostNodes })
  @Field(() => [SegmentConditionResult], { description: 'The conditions of the rule, from left to right.' })
  conditions!: SegmentConditionResult[]
}

@Resolver()
export class RuleResolver {
  @Query(() => SegmentPreview, { description: 'Tries a rule without keeping it. For all staff.' })
  async previewSegment(
    @Arg('rule', () => SegmentRuleInput, { description: 'The rule to try.' }) input: SegmentRuleInput,
    @Arg('first', () => Int, { defaultValue: maxSample, description: `Size of the sample, 0 to ${maxSample}.` })
    first: number,
    @Ctx() ctx: Context,
  ): Promise<SegmentPreview> {
    checkPageSize(first, sample)
    const { sql, params } = await compileRule(ctx, parseRule(input), ctx.now())
    const scope = within(ctx.actor, rulePolicy.try, 'f')
    const rows = await ctx.em.execute<{ total: string; id: string | null }[]>(
      `with found as materialized (
         select f.id from ${factsWithScore} where ${isKnown} and ${sql} and ${scope.sql})
       select t.total, s.id from (select count(*) as total from found) t
       left join (select id from found order by id limit ?) s on true order by s.id`,
      [...params, ...scope.params, first],
    )
    return { count: Number(rows[0]?.total), sample: rows.flatMap(({ id }) => (id ? [{ id }] : [])) }
  }

  @Query(() => SegmentExplanation, {
    nullable: true,
    description: 'Why a customer is, or is not, a member of a segment: each condition with its result. For all staff.',
  })
  async explainSegment(
    @Arg('segmentId', () => ID, { description: 'The segment.' }) segmentId: string,
    @Arg('customerId', () => ID, { description: 'The customer.' }) customerId: string,
    @Ctx() ctx: Context,
  ): Promise<SegmentExplanation> {
    const segment = await ctx.loaders.byId(Segment, segmentId)
    if (!segment) throw unknownEntity('segment')
    const { rule } = segment
    const comparisons = rule ? comparisonsOf(rule) : []
    const conditions = comparisons.map(({ condition }) => condition)
    const predicates = await compileRules(ctx, [...(rule ? [rule] : []), ...conditions], ctx.now())
    const scope = within(ctx.actor, rulePolicy.try, 'f')
    const [row] = isId(customerId)
      ? await ctx.em.execute<{ member: boolean; holds: boolean[]; isInScope: boolean }[]>(
          `select array[${predicates.map(({ sql }) => sql).join(', ')}]::boolean[] as holds, exists (
             select from segment_membership m where m.segment_id = ? and m.customer_id = f.id and m.exited_at is null
           ) as member, coalesce(${scope.sql}, false) as "isInScope"
           from ${factsWithScore} where ${isKnown} and f.id = ?`,
          [...predicates.flatMap(({ params }) => params), segment.id, ...scope.params, customerId],
        )
      : []
    if (row?.isInScope === false) {
      ctx.trail.denied({ action: 'try', type: 'Customer', id: customerId, reason: 'access_scope' })
    }
    if (!row?.isInScope) throw unknownEntity('customer')
    const [holds = null, ...each] = row.holds
    return {
      isMember: row.member,
      holds,
      conditions: comparisons.map(({ path, condition }, at) => ({ path, condition, holds: each[at] === true })),
    }
  }
}
