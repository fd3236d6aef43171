import { normalizeLine, normalizeText } from '@clientele/contracts'
import { type FieldFault, Invalid, isId } from '@clientele/kit'
import type { SegmentRule } from '../rules/rule.js'
import { checkRule } from '../rules/validation.js'
import type { Segment } from './segment.entity.js'

export const maxChosen = 500

interface Definition {
  key: string
  name: string
  description?: string | null
  kind: Segment['kind']
  rule?: object | null
}

/** The definition, texts trimmed. Throws INVALID `segment.invalid` with all faults of the input, those of the rule included. */
export const checkSegment = (input: Definition) => {
  const key = normalizeLine(input.key)
  const name = normalizeLine(input.name)
  const description = normalizeText(input.description ?? '') || null
  const faults: FieldFault[] = []
  const fault = (path: string, reason: string, message: string) => faults.push({ path, reason, message })
  if (!/^[^\s@]{1,64}$/u.test(key)) {
    fault('input.key', 'format', '1 to 64 characters without blanks and without @')
  }
  if (!isText(name, 200) || !name) fault('input.name', 'length', '1 to 200 characters')
  if (description && !isText(description, 2_000)) fault('input.description', 'length', 'at most 2000 characters')
  const isDynamic = input.kind === 'DYNAMIC'
  if (isDynamic && !input.rule) fault('input.rule', 'rule.missing', 'the rule of a dynamic segment')
  if (!isDynamic && input.rule)
    fault('input.rule', 'rule.unexpected', 'no rule: the members of a static segment are chosen')
  const checked = isDynamic && input.rule ? checkRule(input.rule, 'input.rule') : { rule: null, faults: [] }
  faults.push(...checked.faults)
  if (faults.length) throw new Invalid('The segment is not valid.', { reason: 'segment.invalid', fields: faults })
  return { key, name, description, kind: input.kind, rule: checked.rule as SegmentRule | null }
}

/** The ids as they are stored. Throws INVALID for none, too many, or what is no id. */
export const checkCustomers = (ids: readonly string[]): string[] => {
  const faults = ids.flatMap((id, at) =>
    isId(id) ? [] : [{ path: `input.customerIds.${at}`, reason: 'format', message: 'the id of a customer' }],
  )
  if (!ids.length || ids.length > maxChosen) {
    faults.push({ path: 'input.customerIds', reason: 'size', message: `1 to ${maxChosen} ids` })
  }
  if (faults.length) throw new Invalid('The customers are not valid.', { reason: 'segment.customers', fields: faults })
  return ids.map((id) => id.toLowerCase())
}

const isText = (text: string, max: number) => text.length <= max
