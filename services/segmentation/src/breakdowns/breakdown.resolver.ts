import { limits, smallestGroup } from '@clientele/contracts'
import { type Context, checkList, columnName, validationIssues, within, withoutRepeats } from '@clientele/kit'
import { Arg, Ctx, Query, Resolver } from 'type-graphql'
import { factsWithScore, isKnown } from '../rules/customer-vocabulary.js'
import { SegmentRuleInput } from '../rules/rule.input.js'
import { compileRule, parseRule } from '../rules/rule.js'
import { CustomerBreakdown, CustomerDimension } from './breakdown.entity.js'
import { breakdownPolicy } from './breakdown.policy.js'
import { countOf, type Group, shownGroups } from './withheld-groups.js'

@Resolver()
export class BreakdownResolver {
  @Query(() => CustomerBreakdown, {
    description: 'How many customers there are by where they live, what they do or how old they are. For all staff.',
  })
  async customerBreakdown(
    @Arg('by', () => [CustomerDimension], { description: 'One dimension, or two.' }) by: CustomerDimension[],
    @Arg('rule', () => SegmentRuleInput, { nullable: true, description: 'Which customers; all without it.' })
    rule: SegmentRuleInput | null,
    @Ctx() ctx: Context,
  ): Promise<CustomerBreakdown> {
    checkDimensions(by)
    const groups = await countBy(ctx, by, rule)
    const total = countOf(groups)
    const shown = shownGroups(groups, limits.breakdownGroups.most)
    const isTold = total >= smallestGroup
    return {
      total: isTold ? total : null,
      withheld: isTold ? total - countOf(shown) : null,
      leastGroup: smallestGroup,
      groups: shown.map(({ values, count }) => ({ values: [...values], count })),
    }
  }
}

const checkDimensions = (by: readonly CustomerDimension[]) => {
  const issues = validationIssues('')
  checkList(issues, 'by', by, limits.breakdownDimensions)
  withoutRepeats(issues, 'by', by, (dimension) => dimension)
  issues.refuse()
}

const countBy = async (
  { em, actor, now }: Context,
  by: readonly CustomerDimension[],
  rule: SegmentRuleInput | null,
): Promise<Group[]> => {
  const chosen = rule ? await compileRule({ em }, parseRule(rule), now()) : { sql: 'true', params: [] }
  const scope = within(actor, breakdownPolicy.read, 'f')
  return em.execute<Group[]>(
    `select array[${by.map((dimension) => `f.${columnName(dimension)}`).join(', ')}] as values, count(*)::int as count
     from ${factsWithScore} where ${isKnown} and ${chosen.sql} and ${scope.sql} group by 1 order by 1`,
    [...chosen.params, ...scope.params],
  )
}
