import { normalizeLine } from '@clientele/contracts'
import { type FieldFault, Invalid } from '@clientele/kit'
import { factConditions, isFactCondition, type SegmentRule } from './rule.js'

export const maxDepth = 10
export const maxNodes = 100
const maxItems = 100
const maxLength = 255
const maxDays = 36_500

type Fault = (path: string, reason: string, message: string) => void
type Given = Record<string, unknown>

/** The rule without the fields that were left null, its texts in the form of the facts, and all its faults, each with its path below `path`. */
export const checkRule = (input: object, path: string): { rule: SegmentRule; faults: FieldFault[] } => {
  const rule = withoutNulls(input) as Given
  const faults: FieldFault[] = []
  const fault: Fault = (at, reason, message) => faults.push({ path: at, reason, message })
  const nodes = checkNode(rule, path, 1, fault)
  if (nodes > maxNodes) fault(path, 'rule.too_large', `at most ${maxNodes} nodes; these are ${nodes}`)
  return { rule: rule as SegmentRule, faults }
}

/** The rule of an argument. Throws INVALID `rule.invalid` with all faults. */
export const parseRule = (input: object, path: string): SegmentRule => {
  const { rule, faults } = checkRule(input, path)
  if (faults.length) throw new Invalid('The rule is not valid.', { reason: 'rule.invalid', fields: faults })
  return rule
}

/** GraphQL bounds neither depth nor size of an input; what is too deep to look at is cut off, and its depth is the fault. */
const withoutNulls = (value: unknown, depth = 0): unknown => {
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1))
  if (typeof value === 'string') return normalizeLine(value)
  if (typeof value !== 'object' || value === null || depth > 3 * maxDepth) return value
  const given = Object.entries(value).filter(([, field]) => field !== null && field !== undefined)
  return Object.fromEntries(given.map(([name, field]) => [name, withoutNulls(field, depth + 1)]))
}

const checkNode = (node: Given, path: string, depth: number, fault: Fault): number => {
  if (depth > maxDepth) {
    fault(path, 'rule.too_deep', `at most ${maxDepth} levels`)
    return 1
  }
  const names = Object.keys(node)
  if (!names.length) fault(path, 'rule.empty', 'one condition')
  if (names.length > 1)
    fault(path, 'rule.ambiguous', `one condition, not ${names.join(', ')}: combine them in all or any`)
  return names.reduce((nodes, name) => nodes + checkCondition(name, node[name], `${path}.${name}`, depth, fault), 1)
}

const checkCondition = (name: string, condition: unknown, path: string, depth: number, fault: Fault): number => {
  if (name === 'not') return checkNode(condition as Given, path, depth + 1, fault)
  if (name === 'all' || name === 'any') {
    const children = condition as Given[]
    if (!children.length) fault(path, 'rule.empty', 'at least one rule')
    return children.reduce((nodes, child, at) => nodes + checkNode(child, `${path}.${at}`, depth + 1, fault), 0)
  }
  checkLeaf(name, condition as Given, path, fault)
  return 0
}

const checkLeaf = (name: string, { ...condition }: Given, path: string, fault: Fault) => {
  if (name === 'complaintsInDays') {
    checkRange(condition.days, 1, 3_650, `${path}.days`, fault)
    delete condition.days
    return checkNumbers(condition, 0, 1_000_000_000, path, fault)
  }
  if (name === 'purchaseTotal') {
    delete condition.currency
    return checkGiven(condition, path, fault)
  }
  if (name === 'rfm') {
    checkGiven(condition, path, fault)
    for (const [score, bounds] of Object.entries(condition)) {
      const [min, max] = score === 'score' ? [3, 15] : [1, 5]
      checkNumbers(bounds as Given, min as number, max as number, `${path}.${score}`, fault)
    }
    return
  }
  if (!isFactCondition(name) || factConditions[name].type === 'code') return checkTexts(condition, path, fault)
  const of = factConditions[name]
  const [min, max] = of.type === 'number' ? [of.min, of.max] : [0, maxDays]
  checkNumbers(condition, min, max, path, fault)
}

const checkGiven = (condition: Given, path: string, fault: Fault) => {
  if (!Object.keys(condition).length) fault(path, 'rule.empty', 'at least one comparison')
}

const checkNumbers = (condition: Given, min: number, max: number, path: string, fault: Fault) => {
  checkGiven(condition, path, fault)
  for (const [operator, value] of Object.entries(condition)) checkRange(value, min, max, `${path}.${operator}`, fault)
}

const checkRange = (value: unknown, min: number, max: number, path: string, fault: Fault) => {
  if ((value as number) < min || (value as number) > max) fault(path, 'range', `${min} to ${max}`)
}

const checkTexts = (condition: Given, path: string, fault: Fault) => {
  checkGiven(condition, path, fault)
  for (const [operator, value] of Object.entries(condition)) {
    const here = `${path}.${operator}`
    if (!Array.isArray(value)) checkText(value as string, here, fault)
    else if (!value.length || value.length > maxItems) fault(here, 'size', `1 to ${maxItems} entries`)
    else for (const [at, text] of value.entries()) checkText(text, `${here}.${at}`, fault)
  }
}

const checkText = (text: string, path: string, fault: Fault) => {
  if (text.length < 1 || text.length > maxLength) {
    fault(path, 'length', `1 to ${maxLength} characters`)
  }
}
