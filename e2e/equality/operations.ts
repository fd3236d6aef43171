import type { Random } from '@clientele/query-compiler/equality'
import {
  astFromValue,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isNonNullType,
  isRequiredArgument,
  parse,
  print,
  validate,
} from 'graphql'
import type { Operation } from './stacks.js'
import type { Values } from './values.js'

/** A list whose next page can be asked for with this variable: its own is found at this response key. */
export interface Page {
  variable: string
  key: string
}

export interface Generated extends Operation {
  pages: readonly Page[]
}

/** Asking writes to the audit log itself: only entries about changes of visits stay the same. */
const fixed: Record<string, string> = { 'auditLog.filter': '{ entityType: "Visit", outcome: DONE }' }

/** What clients ask most. */
const usual = [
  'customer',
  'customer',
  'customers',
  'customersById',
  'visits',
  'visit',
  'complaints',
  'complaint',
  'contact',
  'purchase',
]

/** A query that the schema takes, with everything that a client may write. */
export const generateQuery = (schema: GraphQLSchema, random: Random, values: Values): Generated => {
  for (;;) {
    const generated = createWriter(schema, random, values).write()
    if (validate(schema, parse(generated.query)).length === 0) return generated
  }
}

const createWriter = (schema: GraphQLSchema, random: Random, values: Values) => {
  const declared: string[] = []
  const variables: Record<string, unknown> = {}
  const fragments: string[] = []
  const pages: Page[] = []
  let left = random.one([6, 12, 20, 30])
  let named = 0

  const write = (): Generated => {
    const roots = schema.getQueryType()!.getFields()
    const names = random.chance(0.55) ? usual : Object.keys(roots)
    const chosen = Array.from({ length: random.one([1, 1, 1, 2, 3]) }, () => roots[random.one(names)]!)
    const body = chosen.map((root) => fieldText(root, random.one([1, 2, 3, 4]), false)).join(' ')
    const head = declared.length ? `(${declared.join(', ')})` : ''
    const first = random.chance(0.9) ? '' : '__typename '
    return { query: [`query Asked${head} { ${first}${body} }`, ...fragments].join('\n'), variables, pages }
  }

  const selection = (type: GraphQLCompositeType, depth: number, isPossible: boolean): string => {
    if (!('getFields' in type)) return '__typename'
    const fields = Object.values(type.getFields())
    const usable = fields.filter((field) => (depth > 0 && left > 0) || isLeafType(getNamedType(field.type)))
    const parts = random.some(usable, depth > 1 ? 4 : 6).map((field) => fieldText(field, depth - 1, isPossible))
    if (random.chance(0.1)) parts.push('__typename')
    if (random.chance(0.05) && fields.some(({ name }) => name === 'id') && !isPossible) parts.push('id id')
    if (isAbstractType(type)) {
      for (const possible of schema.getPossibleTypes(type)) {
        if (random.chance(0.6))
          parts.push(`... on ${possible.name} ${condition()}{ ${selection(possible, depth - 1, true)} }`)
      }
    }
    return parts.filter(Boolean).join(' ') || '__typename'
  }

  const fieldText = (field: GraphQLField<unknown, unknown>, depth: number, isPossible: boolean): string => {
    left--
    const type = getNamedType(field.type)
    const hasArguments = field.args.length > 0
    const isRoot = Object.values(schema.getQueryType()!.getFields()).includes(field)
    // An alias of its own keeps fields with other arguments, or of other possible types, from one key.
    const needsAlias = hasArguments || isPossible || isRoot || random.chance(0.05)
    const key = needsAlias ? `${field.name}_${named++}` : field.name
    const args = argumentsOf(field, key)
    const head = `${needsAlias ? `${key}: ` : ''}${field.name}${args}${condition()}`
    if (!isCompositeType(type)) return head
    const inner = `${selection(type, depth, false)}${pages.some((page) => page.key === key) ? ' pageInfo { hasNextPage endCursor }' : ''}`
    const again = random.chance(0.08) ? ` ${head} { ${selection(type, depth, false)} }` : ''
    return `${head} { ${placed(type.name, inner)} }${again}`
  }

  /** The selection as it is, in an inline fragment, or in a fragment of its own. */
  const placed = (on: string, body: string) => {
    const kind = random.below(6)
    if (kind === 0) return `... on ${on} ${condition()}{ ${body} }`
    if (kind === 1) return `... ${condition()}{ ${body} }`
    if (kind > 2) return body
    const name = `F${fragments.length}`
    fragments.push('')
    fragments[Number(name.slice(1))] = `fragment ${name} on ${on} { ${body} }`
    return `...${name} ${condition()}`
  }

  const argumentsOf = (field: GraphQLField<unknown, unknown>, key: string): string => {
    const of = getNamedType(field.type).name.replace(/Connection$/, '')
    const together = values.together()
    const texts = field.args
      .filter((arg) => isRequiredArgument(arg) || fixed[`${field.name}.${arg.name}`] || chanceOf(arg.name))
      .map((arg) => `${arg.name}: ${fixed[`${field.name}.${arg.name}`] ?? valueText(arg, of, key, together)}`)
    return texts.length ? `(${texts.join(', ')})` : ''
  }

  const chanceOf = (name: string) => random.chance(name === 'first' ? 0.9 : name === 'after' ? 0.25 : 0.35)

  const valueText = (arg: GraphQLArgument, of: string, key: string, together: Record<string, unknown>) =>
    arg.name === 'after'
      ? page(key)
      : argument(arg, together[arg.name] ?? values.anyOf(arg.type, { name: arg.name, of }))

  const page = (key: string) => {
    const name = variable('String', null)
    pages.push({ variable: name, key })
    return `$${name}`
  }

  const argument = (arg: GraphQLArgument, value: unknown): string => {
    if (random.chance(0.5)) return literal(arg, value)
    const isDefaulted = random.chance(0.15) && value !== null
    const type = isDefaulted && isNonNullType(arg.type) && random.chance(0.5) ? `${arg.type.ofType}` : `${arg.type}`
    const name = variable(`${type}${isDefaulted ? ` = ${literal(arg, value)}` : ''}`, value)
    if (isDefaulted && random.chance(0.5)) delete variables[name]
    if (random.chance(0.02)) variables[name] = values.wrong()
    return `$${name}`
  }

  const literal = (arg: GraphQLArgument, value: unknown) => print(astFromValue(value, arg.type)!)

  const variable = (type: string, value: unknown) => {
    const name = `v${declared.length}`
    declared.push(`$${name}: ${type}`)
    variables[name] = value
    return name
  }

  const condition = () => {
    if (random.chance(0.94)) return ' '
    const directive = random.one(['skip', 'include'])
    if (random.chance(0.3)) return ` @${directive}(if: ${random.chance(0.5)}) `
    return ` @${directive}(if: $${variable('Boolean!', random.chance(0.5))}) `
  }

  return { write }
}
