import {
  type Condition,
  checkCondition,
  type Language,
  type Predicate,
  predicateOf,
  writeCondition,
} from '@clientele/conditions'
import { type ValidationIssues, validationIssues } from '@clientele/kit'
import { customerVocabulary } from './customer-vocabulary.js'

/** A condition on the facts of a customer. */
export type SegmentRule = Condition

/** The rule without the fields that were left null, with its issues. */
export const checkRule = (issues: ValidationIssues, path: string, input: object): SegmentRule =>
  checkCondition(customerVocabulary, issues, path, input)

/** The rule of the argument `rule`. Throws INVALID with all issues. */
export const parseRule = (input: object): SegmentRule => {
  const issues = validationIssues('')
  const rule = checkRule(issues, 'rule', input)
  issues.refuse()
  return rule
}

/** The rule as a predicate over `factsWithScore`, true or false and never null. */
export const compileRule = (rule: SegmentRule, now: Date): Predicate => predicateOf(customerVocabulary, rule, now)

/** The rule as people read it. */
export const writeRule = (rule: SegmentRule, language: Language): string =>
  writeCondition(customerVocabulary, rule, language)
