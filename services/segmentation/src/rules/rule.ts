import {
  type Condition,
  checkCondition,
  type Language,
  type Predicate,
  predicateOf,
  writeCondition,
} from '@clientele/conditions'
import { type Context, type ValidationIssues, validationIssues } from '@clientele/kit'
import { customerVocabulary } from './customer-vocabulary.js'
import { withMergedTags } from './merged-tags.js'
import { withTagKeys } from './rule-tags.js'

/** A condition on the facts of a customer. */
export type SegmentRule = Condition

/** The rule as it is stored, without the fields that were left null and with tags by their keys; with its issues. */
export const checkRule = (issues: ValidationIssues, path: string, input: object): SegmentRule => {
  const before = issues.found.length
  const rule = checkCondition(customerVocabulary, issues, path, input)
  return issues.found.length > before ? rule : withTagKeys(rule)
}

/** The rule of the argument `rule`. Throws INVALID with all issues. */
export const parseRule = (input: object): SegmentRule => {
  const issues = validationIssues('')
  const rule = checkRule(issues, 'rule', input)
  issues.refuse()
  return rule
}

/** Each rule as a predicate over `factsWithScore`, true or false and never null. */
export const compileRules = async (
  ctx: Pick<Context, 'em'>,
  rules: readonly SegmentRule[],
  now: Date,
): Promise<Predicate[]> => (await withMergedTags(ctx, rules)).map((rule) => predicateOf(customerVocabulary, rule, now))

/** As `compileRules`, of one. */
export const compileRule = async (ctx: Pick<Context, 'em'>, rule: SegmentRule, now: Date): Promise<Predicate> =>
  (await compileRules(ctx, [rule], now))[0] as Predicate

/** The rule as people read it. */
export const writeRule = (rule: SegmentRule, language: Language): string =>
  writeCondition(customerVocabulary, rule, language)
