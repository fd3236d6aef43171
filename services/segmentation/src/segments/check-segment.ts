import { limits } from '@clientele/contracts'
import {
  checkId,
  checkList,
  checkRequiredText,
  checkText,
  type Transaction,
  type ValidationIssues,
  validationIssues,
} from '@clientele/kit'
import { checkRule, type SegmentRule } from '../rules/rule.js'
import { checkOwners } from '../rules/rule-owners.js'
import type { Segment } from './segment.entity.js'

interface Definition {
  key: string
  name: string
  description?: string | null
  kind: Segment['kind']
  rule?: object | null
}

/**
 * The definition in the form in which it is stored; `former` is the rule until now. Throws INVALID with all issues of the input, those of the
 * rule included.
 */
export const checkSegment = async (tx: Transaction, input: Definition, former: SegmentRule | null = null) => {
  const issues = validationIssues()
  const segment = {
    key: checkRequiredText(issues, 'key', input.key, limits.key),
    name: checkRequiredText(issues, 'name', input.name, limits.segmentName),
    description: checkText(issues, 'description', input.description, limits.segmentDescription) ?? null,
    kind: input.kind,
    rule: ruleOf(issues, input),
  }
  await checkOwners(tx, issues, 'rule', segment.rule, { former })
  issues.refuse()
  return segment
}

const ruleOf = (issues: ValidationIssues, { kind, rule }: Definition) => {
  if (kind === 'DYNAMIC') {
    issues.must(Boolean(rule), 'rule', 'rule.missing', 'the rule of a dynamic segment')
    return rule ? checkRule(issues, 'rule', rule) : null
  }
  issues.must(!rule, 'rule', 'rule.unexpected', 'no rule: the members of a static segment are chosen')
  return null
}

/** The ids as they are stored. Throws INVALID for none, too many, or what is no id. */
export const checkCustomers = (ids: readonly string[]): string[] => {
  const issues = validationIssues()
  const list = checkList(issues, 'customerIds', ids, limits.segmentMembers) ?? []
  const checked = list.map((id, at) => checkId(issues, `customerIds.${at}`, id))
  issues.refuse()
  return checked
}
