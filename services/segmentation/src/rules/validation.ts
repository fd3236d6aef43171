import { limits, type NumberLimit, normalizeLine } from '@clientele/contracts'
import { checkList, checkNumber, checkRequiredText, type ValidationIssues, validationIssues } from '@clientele/kit'
import { factConditions, isFactCondition, type SegmentRule } from './rule.js'

export const maxDepth = 10
export const maxNodes = 100

type Given = Record<string, unknown>

/** The rule without the fields that were left null. */
export const checkRule = (issues: ValidationIssues, path: string, input: object): SegmentRule => {
  const rule = withoutNulls(input) as Given
  const nodes = checkNode(rule, path, 1, issues)
  issues.must(nodes <= maxNodes, path, 'rule.too_large', `at most ${maxNodes} nodes; these are ${nodes}`)
  return rule as SegmentRule
}

/** The rule of the argument `rule`. Throws INVALID with all issues. */
export const parseRule = (input: object): SegmentRule => {
  const issues = validationIssues('')
  const rule = checkRule(issues, 'rule', input)
  issues.refuse()
  return rule
}

/** GraphQL bounds neither depth nor size of an input; what is too deep to look at is cut off, and its depth is the issue. */
const withoutNulls = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return normalizeLine(value)
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1))
  if (typeof value !== 'object' || value === null || depth > 3 * maxDepth) return value
  const given = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(given.map(([name, field]) => [name, withoutNulls(field, depth + 1)]))
}

const checkNode = (node: Given, path: string, depth: number, issues: ValidationIssues): number => {
  if (depth > maxDepth) {
    issues.add(path, 'rule.too_deep', `at most ${maxDepth} levels`)
    return 1
  }
  const names = Object.keys(node)
  if (!names.length) issues.add(path, 'rule.empty', 'one condition')
  if (names.length > 1)
    issues.add(path, 'rule.ambiguous', `one condition, not ${names.join(', ')}: combine them in all or any`)
  return names.reduce((nodes, name) => nodes + checkCondition(name, node[name], `${path}.${name}`, depth, issues), 1)
}

const checkCondition = (
  name: string,
  condition: unknown,
  path: string,
  depth: number,
  issues: ValidationIssues,
): number => {
  if (name === 'not') return checkNode(condition as Given, path, depth + 1, issues)
  if (name === 'all' || name === 'any') {
    const children = condition as Given[]
    if (!children.length) issues.add(path, 'rule.empty', 'at least one rule')
    return children.reduce((nodes, child, at) => nodes + checkNode(child, `${path}.${at}`, depth + 1, issues), 0)
  }
  checkLeaf(name, condition as Given, path, issues)
  return 0
}

const checkLeaf = (name: string, { ...condition }: Given, path: string, issues: ValidationIssues) => {
  if (name === 'complaintsInDays') {
    checkNumber(issues, `${path}.days`, condition.days as number, limits.ruleRecentDays)
    delete condition.days
    return checkNumbers(condition, limits.ruleCount, path, issues)
  }
  if (name === 'purchaseTotal') {
    delete condition.currency
    return checkGiven(condition, path, issues)
  }
  if (name === 'rfm') {
    checkGiven(condition, path, issues)
    for (const [score, bounds] of Object.entries(condition)) {
      checkNumbers(bounds as Given, score === 'score' ? limits.ruleRfmSum : limits.quintile, `${path}.${score}`, issues)
    }
    return
  }
  if (!isFactCondition(name) || factConditions[name].type === 'code') return checkTexts(condition, path, issues)
  const of = factConditions[name]
  checkNumbers(condition, of.type === 'number' ? of.limit : limits.ruleDays, path, issues)
}

const checkGiven = (condition: Given, path: string, issues: ValidationIssues) =>
  issues.must(Object.keys(condition).length > 0, path, 'rule.empty', 'at least one comparison')

const checkNumbers = (condition: Given, limit: NumberLimit, path: string, issues: ValidationIssues) => {
  checkGiven(condition, path, issues)
  for (const [operator, value] of Object.entries(condition)) {
    checkNumber(issues, `${path}.${operator}`, value as number, limit)
  }
}

const checkTexts = (condition: Given, path: string, issues: ValidationIssues) => {
  checkGiven(condition, path, issues)
  for (const [operator, value] of Object.entries(condition)) {
    const here = `${path}.${operator}`
    if (!Array.isArray(value)) checkRequiredText(issues, here, value as string, limits.ruleText)
    else {
      const texts = checkList<string>(issues, here, value, limits.ruleList) ?? []
      for (const [at, text] of texts.entries()) checkRequiredText(issues, `${here}.${at}`, text, limits.ruleText)
    }
  }
}
